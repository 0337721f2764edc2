from . import controllers, models, wizards
from .models.mailing_trace_count import stop_counting
from .models.mailing_usable import keep_scheduled_usable
