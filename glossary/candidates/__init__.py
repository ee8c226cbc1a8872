"""Sources of candidate names. To add one is to add one module and one line here."""

from glossary.candidates import brackets, entities, heads, lists, persons, quotations, tagged
from glossary.candidates.base import CandidateSource, CandidateText, Found
from glossary.candidates.mentions import find_mentions

SOURCES: tuple[CandidateSource, ...] = (
    brackets.find,
    quotations.find,
    tagged.find,
    lists.find,
    heads.find,
    persons.find,
    entities.find,
)

__all__ = ["SOURCES", "CandidateSource", "CandidateText", "Found", "find_mentions"]
