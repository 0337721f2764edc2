"""A mail server that catches everything and delivers nothing: for the demo, and as the sink of the benchmarks.

`smtp` speaks the protocol, `store` keeps and counts, `web` shows; `process` starts it as a process of its own.
"""
