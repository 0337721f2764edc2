"""Invented people and firms from several countries, for the contact list."""

import random
import re
import unicodedata


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    "Anna Bram Chloé Daan Emma Femke Gijs Hanna Ilse Jan Karin Lotte Maaike Noor Oscar Pieter Roos Sanne Thijs Vera "
    "Zoë José Müjde Łukasz Søren Åsa Björn Renée François Noémie Giulia Matteo Inês João Kateřina Dvora Aoife Siân "
    "محمد فاطمة Ольга Дмитрий 花子 太郎 Nguyễn Ελένη דוד"
)
LAST_NAMES = _words(
    "Jansen Visser Bakker Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Kok Jacobs Vermeulen "
    "Schmidt Weiß Müller Østergård Nowak Dvořák García Fernández Rossi Moreau Lefèvre O'Brien Ní-Bhriain Fitz-Gerald "
    "العلي Иванова 山田 Παππάς כהן"
)
PREFIXES = ("", "", "", "", "van ", "de ", "van der ", "von ", "d'")
COUNTRIES = ("Netherlands", "Netherlands", "Netherlands", "Belgium", "Germany", "France", "Ireland", "")
TRADES = ("Garden Centre", "Nursery", "Florist", "Landscaping", "Tree Farm", "Greenhouses", "Design & Build", "Seeds")
ODD_NAMES = [
    "Ann\r\nBcc: everybody@example.org",  # a header that wants to be smuggled in
    "Piet\nde Vries",
    "Lies\r\n.\r\nQUIT",  # an end of message that wants to be smuggled in
    'Jan "de Tuinman" Bakker',
    "Conan O'Neill",
    "Bakker, Vera (inkoop)",
    "Back\\slash Smith",
    "<b>Bold</b> & Sons",
    "<script>alert(1)</script>",
    "{{ object.email }}",
    "<t t-out='object.id'/>",
    "%(name)s %s %d",
    "Emma 🌷🌱",
    "👩‍🌾 Fien Boer",
    "🎄",
    "محمد بن عبد الله آل سعود",
    "שרה לוי",
    "山田 花子",
    "Zażółć Gęślą-Jaźń",
    "İbrahim Çağlar",
    "e\u0301lodie combine\u0301e",  # letters and their accents apart
    "\u202eright to left\u202c",
    "zero\u200bwidth",
    "A" * 120,
    "word " * 30 + "end",
    "=?utf-8?q?not_encoded?=",
    "null\u2400byte",
    "tab\there",
    "  spaces around  ",
    "",
]


def name(chance: random.Random) -> str:
    """A full name."""
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(PREFIXES)}{chance.choice(LAST_NAMES)}"


def company(chance: random.Random) -> str:
    """A firm; many contacts have none."""
    return f"{chance.choice(LAST_NAMES)} {chance.choice(TRADES)}" if chance.random() < 0.4 else ""


def local_part(full_name: str) -> str:
    """The part before the @, in ASCII; `contact` for names that leave nothing."""
    letters = unicodedata.normalize("NFKD", full_name).encode("ascii", "ignore").decode().lower()
    return ".".join(re.findall(r"[a-z]+", letters)[:3])[:40] or "contact"


def plain(full_name: str) -> str:
    """The name as it can stand before an address between angle brackets."""
    return " ".join(re.findall(r"\w+", full_name)) or "contact"
