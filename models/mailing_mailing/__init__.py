from . import (
    audience,
    checks,
    content,
    enqueue,
    flight,
    options,
    rights,
    statistics,
)
