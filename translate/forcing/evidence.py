"""What is known about the renderings of terms: one segment's alignment, and what the other segments at hand add."""

from __future__ import annotations

import dataclasses
import difflib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from translate.alignment.company import Company
from translate.alignment.posterior import Alignment, Unit, align
from translate.alignment.renderings import term_scores, units_of
from translate.alignment.words import FUNCTION_WORDS, stem
from translate.forcing.ledger import Occurrence
from translate.forcing.naming import is_acronym
from translate.forcing.tokens import Token, tokens_of

Served = Sequence[tuple[int, int] | None]

_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*")
_INITIALS = 0.6
_COMPOUND = 0.9
_ALIKE = 0.5
_LEAST_ALIKE = 0.8
_KIN = 0.5
_SURELY = 0.5


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """A segment's English as words, aligned to its source; unit and column i of the alignment are occurrence i."""

    tokens: list[Token]
    units: list[Unit]
    alignment: Alignment


class Evidence:
    """What a set of texts tells about the renderings of its terms. Without `learn` it knows single segments only."""

    def __init__(self) -> None:
        self._company = Company()
        self._kin: dict[str, set[str]] = {}
        # Steps that found nothing to do leave the next one the same text.
        self._last: tuple[object, Reading] | None = None

    def learn(self, segments: Iterable[tuple[str, str, Sequence[Occurrence]]]) -> None:
        """Take in segments as (source, English, occurrences)."""
        for source, target, occurrences in segments:
            if not occurrences:
                continue
            for occurrence in occurrences:
                for form in filter(is_acronym, occurrence.accepted):
                    self._kin.setdefault(form.lower(), set()).update(occurrence.accepted)
            columns: dict[str, list[int]] = {}
            for index, occurrence in enumerate(occurrences):
                columns.setdefault(occurrence.concept, []).append(index)
            reading = self._read(source, target, occurrences, [None] * len(occurrences), alone=True)
            if reading.tokens:
                self._company.tell([token.stem for token in reading.tokens], columns, reading.alignment.shares)

    def read(self, source: str, target: str, occurrences: Sequence[Occurrence], served: Served) -> Reading:
        """The alignment of a segment; words in `served` spans speak for their occurrence only."""
        asked = (source, target, tuple(occurrences), tuple(served))
        if self._last is None or self._last[0] != asked:
            self._last = asked, self._read(source, target, occurrences, served, alone=False)
        return self._last[1]

    def _read(
        self, source: str, target: str, occurrences: Sequence[Occurrence], served: Served, alone: bool
    ) -> Reading:
        tokens = tokens_of(target, [span for span in served if span])
        spans = []
        anchors = []
        elsewhere = {} if alone else _rendered(source, occurrences)
        known: dict[tuple[str, tuple[str, ...]], Mapping[str, float]] = {}
        for index, (occurrence, span) in enumerate(zip(occurrences, served, strict=True)):
            scores: Mapping[str, float] = {}
            if span is None:
                same = (occurrence.text, occurrence.accepted)
                if same not in known:
                    known[same] = self._scores(occurrence, tokens, elsewhere, alone)
                scores = known[same]
            else:
                rows = [row for row, token in enumerate(tokens) if span[0] <= token.start < span[1]]
                if rows:
                    anchors.append((index, rows[len(rows) // 2]))
            spans.append((occurrence.start, occurrence.end, scores))
        stems = ["" if token.blocked else token.stem for token in tokens]
        units = units_of(source, spans)
        return Reading(tokens, units, align(units, stems, anchors))

    def _scores(
        self, occurrence: Occurrence, tokens: Sequence[Token], elsewhere: Mapping[str, set[str]], alone: bool
    ) -> Mapping[str, float]:
        """Stem → how well it speaks for the occurrence, by all that is known."""
        scores = dict(term_scores(occurrence.text, occurrence.accepted, occurrence.forbidden))
        if alone:
            return scores
        # A place that is named beside the term keeps it company too, but renders its own word.
        own = {occurrence.concept}
        company = self._company.scores(occurrence.concept).items()
        further = [{s: c for s, c in company if elsewhere.get(s, own) <= own}, _by_shape(occurrence, tokens)]
        kin = set().union(*(self._kin.get(form.lower(), ()) for form in occurrence.accepted))
        for form in kin.difference(occurrence.accepted):
            further.append({s: _KIN for s in map(stem, re.findall(r"[A-Za-z]+", form)) if s not in FUNCTION_WORDS})
        for found in further:
            for word, score in found.items():
                scores[word] = max(scores.get(word, 0.0), score)
        return scores


def _rendered(source: str, occurrences: Sequence[Occurrence]) -> dict[str, set[str]]:
    """Stem → whose word of the source it surely renders: concepts, "" for words that are in no term."""
    whose = [""] * (len(source) + 1)
    for occurrence in occurrences:
        whose[occurrence.start : occurrence.end] = [occurrence.concept] * (occurrence.end - occurrence.start)
    found: dict[str, set[str]] = {}
    for unit in units_of(source, []):
        for word, score in unit.scores.items():
            if score >= _SURELY:
                found.setdefault(word, set()).add(whose[unit.start])
    return found


def _by_shape(occurrence: Occurrence, tokens: Sequence[Token]) -> dict[str, float]:
    """Stems of words that spell an accepted acronym with their initials, are one of a name, or look like its words."""
    found: dict[str, float] = {}
    words = [
        word for form in occurrence.accepted for word in re.findall(r"[A-Za-z]{5,}", f"{form} {form.replace('-', '')}")
    ]
    content = [token for token in tokens if token.stem]
    compounds = {part for form in occurrence.accepted for part in _joined_pairs(form)}
    for token in content:
        if token.word.lower() in compounds or token.word.lower().removesuffix("s") in compounds:
            found[token.stem] = _COMPOUND
    for form in occurrence.accepted:
        if _ACRONYM.fullmatch(form):
            letters = "".join(char for char in form if char.isupper())
            found.update(
                (t.stem, _INITIALS) for t in content if len(t.word) > 2 and t.word.isupper() and t.word in form
            )
            for at in range(len(content) - len(letters) + 1):
                run = content[at : at + len(letters)]
                if len(letters) >= 3 and all(t.word[0].upper() == c for t, c in zip(run, letters, strict=True)):
                    found.update((token.stem, _INITIALS) for token in run)
        else:
            initials = "".join(word[0].upper() for word in re.findall(r"[A-Za-z]+", form) if word not in FUNCTION_WORDS)
            for token in content:
                if len(token.word) >= 3 and token.word.isupper() and token.word in initials:
                    found[token.stem] = _INITIALS
    for token in content:
        if len(token.word) >= 5 and token.stem not in found and token.word[0].isalpha():
            lower = token.word.lower()
            if any(_alike(lower, word.lower()) for word in words if abs(len(word) - len(lower)) <= 3):
                found[token.stem] = _ALIKE
    return found


def _joined_pairs(form: str) -> Iterator[str]:
    """Two words of a name as others write them, in one: cyber attacks → cyberattack."""
    words = re.findall(r"[a-z]+", form.lower())
    for first, second in itertools.pairwise(words):
        if min(len(first), len(second)) > 2 and first not in FUNCTION_WORDS:
            yield first + second.removesuffix("s")


def _alike(a: str, b: str) -> bool:
    if a[:2] != b[:2] and a[1:4] != b[:3] and a[:3] != b[1:4]:
        return False
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _LEAST_ALIKE
