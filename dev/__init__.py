"""Everything behind `make`: set-up, tests, demo and benchmarks. Python's standard library only, Python 3.11 or newer."""
