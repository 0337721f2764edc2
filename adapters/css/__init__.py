"""Style sheets into `style` attributes, which mail readers understand better."""

from .inliner import BadStyleSheet, Inlined, Inliner
from .with_premailer import PremailerInliner

__all__ = ["BadStyleSheet", "Inlined", "Inliner", "PremailerInliner"]
