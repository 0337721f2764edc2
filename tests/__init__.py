from . import test_content, test_content_designs, test_content_stock, test_engine_connections, test_settings, test_tracking, test_unsubscribe
from . import test_statistics, test_tours
