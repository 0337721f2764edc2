from . import test_content, test_content_stock, test_settings, test_tracking, test_unsubscribe
