from . import sample, tracking, unsubscribe, webhook
