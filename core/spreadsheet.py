"""Texts from strangers in a spreadsheet: none of them is a formula there."""

# what Excel, LibreOffice and Google's begin a formula with (OWASP, "CSV injection"), also in full width
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def inert(value):
    """A cell as it can be exported: a text that would be a formula gets an apostrophe in front; numbers stay."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA) else value
