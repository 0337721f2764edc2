"""What waits for a lane is put off at once: that may be dead, which is known a quarter of an hour later."""

from functools import partial

from odoo.exceptions import ConcurrencyError
from odoo.service.model import retrying


class PutOff(Exception):
    """To try it again now is of no use."""


def retried(process, env):
    """Odoo's own: again where somebody, such as a lane, changed the same rows. Raises PutOff without waiting."""
    return retrying(partial(_or_put_off, process), env)


def _or_put_off(process):
    try:
        return process()
    except ConcurrencyError as error:
        raise PutOff from error
