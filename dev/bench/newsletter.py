"""The measured mailing: 20 kB of HTML as a designer makes it, 10 links, a first name, an unsubscribe link."""

import random
import re

WORDS = re.findall(
    r"\w+",
    "offer season product discover garden summer exclusive delivery quality price member club événement gratuit "
    "nouvelle collection today limited until stock order service team",
)
CELL = "padding: 12px 24px; font-family: Arial, sans-serif; font-size: 15px; line-height: 22px; color: #333333;"
ANCHOR = "color: #714B67; text-decoration: underline; font-weight: bold;"
LINKS = 10
HTML_BYTES = 20_000
SEED = 7


def html(greeting: str, unsubscribe: str = "/unsubscribe_from_list", view: str = "/view") -> str:
    """The body; `greeting` stands where the name goes, the two addresses where stock's placeholders go."""
    chance = random.Random(SEED)
    head = (
        '<div class="o_layout o_default_theme" style="background-color: #f4f4f4;">'
        '<table width="600" align="center" cellpadding="0" cellspacing="0"><tbody>'
        f'<tr><td style="{CELL}"><h1 style="font-size: 24px;">Hello {greeting},</h1></td></tr>'
    )
    foot = (
        f'<tr><td style="{CELL}"><p>Example Ltd, 1 Main Street | '
        f'<a href="{unsubscribe}" style="{ANCHOR}">Unsubscribe</a> | '
        f'<a href="{view}" style="{ANCHOR}">View online</a></p></td></tr></tbody></table></div>'
    )
    rows = []
    while len(head) + sum(map(len, rows)) < HTML_BYTES - 500 or len(rows) < LINKS:
        rows.append(_row(chance, len(rows) + 1))
    return head + "".join(rows) + foot


def text(body: str) -> str:
    """A plain alternative, for the sender that has no better one."""
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"<[^>]+>", "\n", body)).strip() + "\n"


def _row(chance: random.Random, number: int) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(60))
    address = f"https://www.example.com/shop/product-{number}?ref=newsletter&amp;pos={number}"
    link = f' <a href="{address}" style="{ANCHOR}">See offer {number}</a>' if number <= LINKS else ""
    picture = f'<img src="https://www.example.com/img/{number}.png" width="552" alt="picture {number}"/>'
    title = f'<h2 style="margin: 0; font-size: 18px;">Section {number}</h2>'
    return f'<tr><td style="{CELL}">{title}{picture}<p>{words}{link}</p></td></tr>'
