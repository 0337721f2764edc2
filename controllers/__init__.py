from . import sample, tracking, unsubscribe
