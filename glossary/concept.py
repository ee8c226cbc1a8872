"""A concept of the termbase: one thing, its Chinese names, its one English name, and how we know it.

The fields, in this order, are the columns of the glossary CSV (see `glossary/csv_file.py`).
"""

from __future__ import annotations

import dataclasses

CATEGORIES = (
    "agency",
    "international_org",
    "programme_initiative",
    "law_agreement",
    "event",
    "facility_lab",
    "system_product",
    "place",
    "person",
    "company",
    "domain_term",
)
# Names of agencies and programmes: what the glossary is for, and what it shows first.
CORE = ("agency", "international_org", "facility_lab", "programme_initiative")
STATUSES = ("candidate", "approved", "rejected")
ORIGINS = ("authority", "text", "composed", "engine", "person")


@dataclasses.dataclass(frozen=True, slots=True)
class Concept:
    """One row of a glossary.

    `source` is the canonical simplified Chinese name, `target` the preferred English one ("" if not known yet).
    `confidence` is 0–1. `scope` is "" (holds everywhere) or the id of the one document in which it holds.
    """

    source: str
    target: str = ""
    acronym: str = ""
    source_variants: tuple[str, ...] = ()
    target_variants: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    category: str = ""
    status: str = "approved"
    origin: str = "person"
    confidence: float = 1.0
    count: int = 0
    documents: int = 0
    scope: str = ""
    context: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes a concept one: its canonical Chinese name within its scope."""
        return self.source, self.scope

    @property
    def sources(self) -> tuple[str, ...]:
        """Every Chinese form, the canonical one first."""
        return (self.source, *self.source_variants)

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every English form that counts as right, the preferred one first."""
        forms = (self.target, *self.target_variants, self.acronym)
        return tuple(dict.fromkeys(form for form in forms if form))

    @property
    def is_forced(self) -> bool:
        """Whether translations must carry this name: approved, or known from the authority file and not rejected."""
        if not self.target or self.status == "rejected":
            return False
        return self.status == "approved" or self.origin == "authority"
