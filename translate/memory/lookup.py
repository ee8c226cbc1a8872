"""Looking up the translation memory while it grows: an index of its sources, made once, and what came since."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import Workspace
from storage.models import MemoryRow
from translate.memory.fuzzy import Difference, FuzzyIndex, differences
from translate.memory.store import same_sources
from translate.memory.unit import Unit

# More new sources than this, and the index is made anew.
_MOST_NEW = 2000


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """A unit whose source is like the one looked up: `score` 0–1, and how its source comes to the one looked up."""

    unit: Unit
    score: float
    changes: tuple[Difference, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Made:
    """The index of the sources of all units up to the one numbered `last`."""

    index: FuzzyIndex
    texts: list[str]
    last: int


def _alike(source: str, texts: Sequence[str], least: float, most: int) -> list[tuple[str, float]]:
    """The most alike of a few texts, which no index is worth."""
    found = process.extract(source, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=least, limit=most)
    return [(text, float(score)) for text, score, _ in found]


class MemoryLookup:
    """Over one workspace; safe to use from several threads. Its index is made in the background at the first lookup."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._made: _Made | None = None
        self._making = False

    @property
    def ready(self) -> bool:
        """Whether likeness is looked for; until then only equal sources are found."""
        return self._made is not None

    def find(self, session: Session, source: str, context: str, least: float, most: int) -> list[Match]:
        """The units most like `source`, best first; of a source that has several, the best for `context`."""
        sources = {source: 1.0}
        made = self._begin(session)
        if made is not None:
            sources |= {made.texts[found.number]: found.score for found in made.index.find(source, least, most + 1)}
            newer = select(MemoryRow.source).where(MemoryRow.id > made.last).distinct().limit(_MOST_NEW)
            sources |= dict(_alike(source, session.scalars(newer).all(), least, most + 1))
        units = same_sources(session, dict.fromkeys(sources, context))
        matches = [Match(units[text][0], sources[text], differences(text, source)) for text in sources if text in units]
        return sorted(matches, key=lambda match: -match.score)[:most]

    def _begin(self, session: Session) -> _Made | None:
        """The index, if it is made; making it is begun where there is none or it is old."""
        newest = session.scalar(select(func.max(MemoryRow.id))) or 0
        with self._lock:
            old = self._made is None or newest - self._made.last > _MOST_NEW
            if old and not self._making:
                self._making = True
                threading.Thread(target=self._make, name="Memory", daemon=True).start()
            return self._made

    def _make(self) -> None:
        try:
            with self._workspace.reading() as session:
                last = session.scalar(select(func.max(MemoryRow.id))) or 0
                texts = list(session.scalars(select(MemoryRow.source).where(MemoryRow.id <= last).distinct()))
            made = _Made(FuzzyIndex(texts), texts, last)
            with self._lock:
                self._made = made
        finally:
            with self._lock:
                self._making = False
