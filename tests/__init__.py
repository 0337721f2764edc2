from . import test_tracking, test_unsubscribe
