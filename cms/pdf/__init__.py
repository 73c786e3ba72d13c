"""Tagged PDF documents (PDF/UA-1) in the product's own typeface, for all rooms above: write a `Document`, build it."""

from cms.pdf.document import Document
from cms.pdf.sheets import Card

__all__ = ["Card", "Document"]
