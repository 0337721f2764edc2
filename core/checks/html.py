"""What a reader sees of a piece of HTML: its words, its pictures, its links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSEEN_ELEMENTS = frozenset({"head", "script", "style", "template", "title"})


@dataclass
class Link:
    """A link and what one can click on in it."""

    href: str
    text: str = ""
    has_picture: bool = False

    @property
    def is_clickable(self) -> bool:
        return self.has_picture or bool(self.text.strip())


@dataclass
class Sight:
    """The visible words, whether there is a picture or a value filled in later, and the links."""

    words: list[str] = field(default_factory=list)
    has_picture: bool = False
    has_placeholder: bool = False
    links: list[Link] = field(default_factory=list)


class _Reader(HTMLParser):
    """Comments (also Outlook's conditional ones) are never seen: the parser drops them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.sight = Sight()
        self._unseen_depth = 0
        self._open_link = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in UNSEEN_ELEMENTS:
            self._unseen_depth += 1
        elif tag == "img":
            self._see_picture()
        elif tag == "a":
            self._open_link = Link(href=attributes.get("href") or attributes.get("t-att-href") or "")
            self.sight.links.append(self._open_link)
        if "t-out" in attributes or "t-esc" in attributes or "t-field" in attributes:
            self._see_placeholder()

    def handle_endtag(self, tag):
        if tag in UNSEEN_ELEMENTS:
            self._unseen_depth = max(0, self._unseen_depth - 1)
        elif tag == "a":
            self._open_link = None

    def handle_data(self, data):
        if self._unseen_depth:
            return
        self.sight.words.append(data)
        if self._open_link:
            self._open_link.text += data

    def _see_picture(self):
        self.sight.has_picture = True
        if self._open_link:
            self._open_link.has_picture = True

    def _see_placeholder(self):
        self.sight.has_placeholder = True
        if self._open_link:
            self._open_link.text += "…"


def look_at(html: str) -> Sight:
    """Read HTML as a person would; broken HTML gives what could be read, never an error."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.sight
