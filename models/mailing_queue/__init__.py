from . import table  # the model itself comes before what extends it

# isort: split
from . import bounces, claim, cron, lanes, pace, provider, recovery, settle, throttling
