from . import (
    audience,
    checks,
    content,
    enqueue,
    flight,
    four_steps,
    options,
    recipient_links,
    rights,
    sender,
    statistics,
    unsubscribe,
)
