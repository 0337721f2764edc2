from . import mailing_address_to_project
