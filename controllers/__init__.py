from . import export, sample, tracking, unsubscribe, webhook
