from . import test_settings, test_tracking, test_unsubscribe
