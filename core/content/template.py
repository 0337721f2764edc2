"""A text with holes."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Hole:
    """A place that is filled for each recipient: `object.<path>`, `recipient.<what>` or `date`.

    `default` stands there where the recipient has no value.
    """

    name: str
    default: str = ""

    def value(self, values: Mapping[str, str]) -> str:
        return values.get(self.name) or self.default


class Template(tuple):
    """A tuple of `str` and `Hole`, in the order of the text; neighbouring strings are one."""

    def __new__(cls, pieces: Iterable[str | Hole] = ()):
        merged = []
        for piece in pieces:
            if isinstance(piece, str) and merged and isinstance(merged[-1], str):
                merged[-1] += piece
            elif piece != "":
                merged.append(piece)
        return super().__new__(cls, merged)

    @property
    def names(self) -> frozenset[str]:
        """The names of the holes."""
        return frozenset(piece.name for piece in self if isinstance(piece, Hole))

    def fill(self, values: Mapping[str, str]) -> str:
        """The text for one recipient, nothing escaped."""
        return "".join([piece if isinstance(piece, str) else piece.value(values) for piece in self])

    def fill_html(self, values: Mapping[str, str]) -> str:
        """The HTML for one recipient: what fills a hole is text and is escaped."""
        return "".join([piece if isinstance(piece, str) else html.escape(piece.value(values)) for piece in self])

    def to_data(self) -> list:
        """Lists and strings, for JSON."""
        return [piece if isinstance(piece, str) else [piece.name, piece.default] for piece in self]

    @classmethod
    def from_data(cls, data: list) -> "Template":
        return cls(piece if isinstance(piece, str) else Hole(*piece) for piece in data)
