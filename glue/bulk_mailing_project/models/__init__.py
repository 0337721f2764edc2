from . import mailing_address, mailing_trace, project_task
