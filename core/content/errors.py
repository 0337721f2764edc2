"""What can be wrong with a text with holes, and with what fills them."""

from ..text import Text


class NotCompilable(Exception):
    """The text asks for more than filling holes; Odoo's own renderer must do it, recipient by recipient."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason


class BadValue(Exception):
    """One recipient's value cannot be mailed; `reason` says why, for people."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason
