from . import test_to_project
