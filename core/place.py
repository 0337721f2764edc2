"""Where on a screen a field is changed, read from the screen's own definition."""

from lxml import etree

ALWAYS = ("1", "True", "true")


def page_of(arch: str, field: str) -> str | None:
    """The notebook page on which a form shows the field, "" above the pages, None where it is nowhere."""
    node = _shown(arch, field, "invisible")
    if node is None:
        return None
    page = next(node.iterancestors("page"), None)
    return "" if page is None else page.get("name", "")


def step_of(arch: str, field: str) -> str | None:
    """The step in which the four steps let the field be changed, None where they do not."""
    node = _shown(arch, field, "invisible", "readonly")
    steps = () if node is None else [parent.get("name") for parent in node.iterancestors("div") if parent.get("name")]
    return steps[-1] if steps else None


def _shown(arch: str, field: str, *unless_always: str):
    """The field's first place that is not always invisible, or whatever else it must not always be."""
    for node in etree.fromstring(arch).iter("field"):
        is_own = next(node.iterancestors("field"), None) is None  # not a column of a list in the form
        if node.get("name") == field and is_own and not any(node.get(name) in ALWAYS for name in unless_always):
            return node
    return None
