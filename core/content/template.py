"""A text with holes, and with choices between texts."""

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .conditions import Condition

Values = Mapping[str, object]


@dataclass(frozen=True)
class Hole:
    """A place that is filled for each recipient: `object.<path>`, `recipient.<what>` or `date`.

    `default` stands there where the recipient has no value. With `shows_zero` a number is a value also when it is
    zero: QWeb's `t-out` shows it, Python's `or` and inline templates do not.
    """

    name: str
    default: str = ""
    shows_zero: bool = False

    @property
    def names(self) -> frozenset[str]:
        return frozenset([self.name])

    def getter(self) -> Callable[[Values], str]:
        """The function that finds the text in a recipient's values; made once, as it runs for every mail."""
        name, default, shows_zero = self.name, self.default, self.shows_zero

        def get(values: Values) -> str:
            value = values.get(name)
            if value.__class__ is str:
                return value or default
            if value or (shows_zero and value is not None):
                return str(value)
            return default

        return get


@dataclass(frozen=True)
class Choice:
    """The first of the branches whose condition holds, else the last one, which has none."""

    conditions: tuple[Condition, ...]
    branches: tuple["Template", ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(part.names for part in (*self.conditions, *self.branches)))

    def chosen(self, values: Values) -> "Template":
        for condition, branch in zip(self.conditions, self.branches, strict=False):
            if condition.holds(values):
                return branch
        return self.branches[-1]


class Template(tuple):
    """A tuple of `str`, `Hole` and `Choice`, in the order of the text; neighbouring strings are one."""

    def __new__(cls, pieces: Iterable[str | Hole | Choice] = ()):
        merged = []
        for piece in pieces:
            if isinstance(piece, str) and merged and isinstance(merged[-1], str):
                merged[-1] += piece
            elif piece != "":
                merged.append(piece)
        return super().__new__(cls, merged)

    @property
    def names(self) -> frozenset[str]:
        """The names of all values that are asked for."""
        return frozenset().union(*(piece.names for piece in self if not isinstance(piece, str)))

    def filler(self) -> Callable[[Values], str]:
        """The function that makes the text of one recipient, nothing escaped."""
        makers = [_text_maker(piece) for piece in self]
        if len(makers) == 1:
            return makers[0]
        return lambda values: "".join([make(values) for make in makers])

    def fill(self, values: Values) -> str:
        """The text for one recipient, nothing escaped."""
        return self.filler()(values)

    def fill_html(self, values: Values) -> str:
        """The HTML for one recipient: what fills a hole is text and is escaped."""
        return "".join(_html_of(piece, values) for piece in self)

    def to_data(self) -> list:
        """Lists and strings, for JSON."""
        return [_piece_to_data(piece) for piece in self]

    @classmethod
    def from_data(cls, data: list) -> "Template":
        return cls(map(_piece_from_data, data))


def _text_maker(piece: str | Hole | Choice) -> Callable[[Values], str]:
    if isinstance(piece, str):
        return lambda _values: piece
    return piece.getter() if isinstance(piece, Hole) else lambda values: piece.chosen(values).fill(values)


def _html_of(piece: str | Hole | Choice, values: Values) -> str:
    if isinstance(piece, str):
        return piece
    return html.escape(piece.getter()(values)) if isinstance(piece, Hole) else piece.chosen(values).fill_html(values)


def _piece_to_data(piece: str | Hole | Choice) -> str | list | dict:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Hole):
        return [piece.name, piece.default, piece.shows_zero]
    return {
        "if": [condition.to_data() for condition in piece.conditions],
        "branches": [branch.to_data() for branch in piece.branches],
    }


def _piece_from_data(data: str | list | dict) -> str | Hole | Choice:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return Hole(*data)
    return Choice(tuple(map(Condition.from_data, data["if"])), tuple(map(Template.from_data, data["branches"])))
