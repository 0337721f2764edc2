from . import (
    audience,
    checks,
    content,
    enqueue,
    flight,
    options,
    recipient_links,
    rights,
    sender,
    statistics,
    unsubscribe,
)
