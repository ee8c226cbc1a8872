"""Sources of candidate names. To add one is to add one module and one line here."""

from glossary.candidates import brackets, heads, quotations
from glossary.candidates.base import CandidateSource, CandidateText, Found

SOURCES: tuple[CandidateSource, ...] = (brackets.find, quotations.find, heads.find)

__all__ = ["SOURCES", "CandidateSource", "CandidateText", "Found"]
