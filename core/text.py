"""Texts for people, made where there is no Odoo: the source and its values, translated by whoever shows them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """A sentence in English with named holes (`%(name)s`), and the values to fill them with.

    A value may itself be a `Text`; it is translated too.
    """

    source: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in English."""
        if not self.values:
            return self.source
        return self.source % {name: str(v) if isinstance(v, Text) else v for name, v in self.values.items()}

    def to_data(self) -> dict:
        """For JSON: source and values apart, so that everybody reads it in their own language."""
        values = {name: v.to_data() if isinstance(v, Text) else v for name, v in self.values.items()}
        return {"source": self.source, "values": values}

    @classmethod
    def from_data(cls, data: dict) -> "Text":
        values = {name: cls.from_data(v) if isinstance(v, dict) else v for name, v in data["values"].items()}
        return cls(data["source"], values)


# the name is what Odoo's export of terms looks for, so that core's sentences land in the .po files
def _(source: str, **values) -> Text:
    """Mark a sentence for translation and keep its values apart."""
    return Text(source, values)
