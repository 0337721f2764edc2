"""Everything behind `make`: set-up, tests, demo and benchmarks. The standard library only, Python 3.11 or newer."""
