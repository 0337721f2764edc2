"""Where on a screen a field is changed."""

import pytest
from bulk_mailing.core.place import page_of, step_of

FORM = """
<form>
    <field name="subject"/>
    <field name="body_text" invisible="1"/>
    <field name="state" invisible="1"/>
    <field name="picture_ids" readonly="1"><list><field name="url"/></list></field>
    <notebook>
        <page name="settings"><group><field name="email_from" readonly="state == 'done'"/></group></page>
        <page name="text_version"><field name="body_text" invisible="state == 'done'"/></page>
    </notebook>
</form>
"""
STEPS = """
<form>
    <div name="audience"><div class="row"><group><field name="personalize"/></group></div></div>
    <div name="review"><field name="subject" readonly="1"/></div>
    <field name="mailing_id"/>
</form>
"""


@pytest.mark.parametrize(
    "field, page",
    [
        ("subject", ""),
        ("email_from", "settings"),
        ("body_text", "text_version"),  # above the pages it is always hidden
        ("state", None),
        ("picture_ids", ""),  # what it says is mended by its buttons
        ("url", None),  # a column of a list
        ("send_engine", None),
    ],
)
def test_page_of(field, page):
    """C36: the page of the form where somebody mends a finding."""
    assert page_of(FORM, field) == page


@pytest.mark.parametrize(
    "field, step", [("personalize", "audience"), ("subject", None), ("mailing_id", None), ("body_arch", None)]
)
def test_step_of(field, step):
    """C36: the step in which somebody mends it; what a step only shows is mended elsewhere."""
    assert step_of(STEPS, field) == step
