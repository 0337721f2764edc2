from . import tracking, unsubscribe
