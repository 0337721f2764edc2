"""A text part is for people."""

import pytest
from bulk_mailing.core.content import readable, tidy

CASES = [
    ("<style>.a{color:red}</style><p>Hello</p>", "<p>Hello</p>"),
    ("<p>Hello</p><STYLE type='text/css'>\n.a{}\n</STYLE >", "<p>Hello</p>"),
    ("<!--[if mso]><table><tr><td><![endif]--><p>Hello</p>", "<p>Hello</p>"),
    ("<!--[if !mso]><!--><p>Hello</p><!--<![endif]-->", "<p>Hello</p>"),
    ("<![if !mso]><p>Hello</p><![endif]>", "<p>Hello</p>"),
    ('<img src="a.png" alt="Our shop"/> is open', "Our shop is open"),
    ("<img src='a.png'>Hello", "Hello"),
    ('<a href="https://x.example"><span>Read</span> <b>more</b></a>', '<a href="https://x.example">Read more</a>'),
    ('<a href="https://x.example"><img src="f.png"></a>Hello', "Hello"),
    (
        '<a href="https://x.example" title="Facebook"><i>\u200b</i></a>',
        '<a href="https://x.example" title="Facebook">Facebook</a>',
    ),
    ('<a href="https://x.example"><i class="fa fa-x">&#8203;&nbsp;</i></a>', ""),
    ('<a href="mailto:" class="x"><b>hello@</b></a>', "hello@"),
    ('<h1 class="big">News</h1><strong style="x">Now</strong>', "<h1>News</h1><strong>Now</strong>"),
    ("<abbr title='x'>a</abbr><article>b</article>", "<abbr title='x'>a</abbr><article>b</article>"),
    ("<p>The style of <b>stylesheets</b></p>", "<p>The style of <b>stylesheets</b></p>"),
    ("<p>Unclosed <!-- comment</p>", "<p>Unclosed <!-- comment</p>"),
]


@pytest.mark.parametrize("html, expected", CASES)
def test_readable(html, expected):
    """C25: no style sheet, no code for Outlook and no picture's address is read out to people."""
    assert readable(html) == expected


def test_tidy():
    """C25: the empty cells of a layout leave no holes in the text."""
    assert tidy("click here . Or , there 3 .5") == "click here. Or, there 3 .5\n"
    assert tidy("  Hello \xa0 you \n\n \n\t\n\nBye\u200c \n") == "Hello you\n\nBye\n"
