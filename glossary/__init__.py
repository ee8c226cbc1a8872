"""Clean text becomes terms; terms become a bilingual, reviewed termbase."""

from glossary.concept import Concept
from glossary.csv_file import GlossaryError
from glossary.matching import Match, Matcher
from glossary.merging import MergeReport, merge
from glossary.termbase import Glossary, load

__all__ = ["Concept", "Glossary", "GlossaryError", "Match", "Matcher", "MergeReport", "load", "merge"]
