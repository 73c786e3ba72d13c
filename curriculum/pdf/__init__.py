"""The curriculum on paper: a plan, its scenarios as cards, and the whole handbook as a book."""

from curriculum.pdf.handbook import Handbook, handbook_pdf
from curriculum.pdf.plans import cards_pdf, plan_pdf

__all__ = ["Handbook", "cards_pdf", "handbook_pdf", "plan_pdf"]
