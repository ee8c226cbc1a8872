"""Sources of candidate names. To add one is to add one module and one line here; `entities` joins where texts are few."""

from glossary.candidates import brackets, heads, lists, persons, quotations, tagged
from glossary.candidates.base import CandidateSource, CandidateText, Found
from glossary.candidates.mentions import find_mentions

SOURCES: tuple[CandidateSource, ...] = (
    brackets.find,
    quotations.find,
    tagged.find,
    lists.find,
    heads.find,
    persons.find,
)

__all__ = ["SOURCES", "CandidateSource", "CandidateText", "Found", "find_mentions"]
