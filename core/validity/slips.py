"""What fingers do to a word."""


def one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was left out, put in, replaced, or changed places with its neighbour."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = _same_start(typed, meant)
    if len(typed) < len(meant):
        return typed[start:] == meant[start + 1 :]
    if len(typed) > len(meant):
        return typed[start + 1 :] == meant[start:]
    swapped = meant[start + 1 : start + 2] + meant[start : start + 1] + meant[start + 2 :]
    return typed[start + 1 :] == meant[start + 1 :] or typed[start:] == swapped


def _same_start(one: str, other: str) -> int:
    """How many letters from the left are the same."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
