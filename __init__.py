from . import controllers, models, wizards
from .models.mailing_trace_count import stop_counting
