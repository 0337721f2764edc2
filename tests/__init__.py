from . import test_content, test_content_designs, test_content_stock, test_engine_connections, test_engine_enqueue, test_engine_envelope, test_engine_failures, test_engine_flight, test_settings, test_tracking, test_unsubscribe, test_engines_alike
from . import test_links_on_the_wire, test_menus, test_statistics, test_tours
from . import test_checks, test_rights, test_send_wizard, test_terms
