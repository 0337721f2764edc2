"""How quickly what comes back is taken in; `make bench-bounces` runs `__main__`.

`reports` is what comes back; the addresses and mails that it is about are made by `dev/in_shell/bench_bounces.py`.
"""
