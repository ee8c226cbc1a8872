"""What a change of the glossary would do to the documents, before it is made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from glossary.concept import Concept
from glossary.matching import Matcher


@dataclasses.dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence in which other names would have to stand: (Chinese form, English) before and after."""

    document: str
    sentence: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        lost = [f"{form}: {english}" for form, english in self.before if (form, english) not in self.after]
        gained = [f"{form}: {english}" for form, english in self.after if (form, english) not in self.before]
        return f"{'; '.join(lost) or 'nothing'} → {'; '.join(gained) or 'nothing'}"


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """The sentences that a change touches."""

    changed: tuple[ChangedSentence, ...] = ()

    @property
    def documents(self) -> int:
        """In how many documents."""
        return len({sentence.document for sentence in self.changed})

    def __str__(self) -> str:
        sentences, documents = len(self.changed), self.documents
        return (
            f"changes {sentences:,} sentence{'' if sentences == 1 else 's'} "
            f"in {documents:,} document{'' if documents == 1 else 's'}"
        )


def preview(before: Sequence[Concept], after: Sequence[Concept], sentences: Iterable[tuple[str, str]]) -> Preview:
    """Which of the sentences (document, text) get other names when the glossary `before` becomes `after`."""
    touched = _touched(before, after)
    if not touched:
        return Preview()
    # Unscoped and unforced copies: only where one of their forms stands can anything change.
    nearby = Matcher(dataclasses.replace(concept, scope="", origin="person") for concept in touched)
    was, will_be = (Matcher(c for c in concepts if c.is_forced) for concepts in (before, after))
    return Preview(tuple(_changed(nearby, was, will_be, sentences)))


def _touched(before: Sequence[Concept], after: Sequence[Concept]) -> list[Concept]:
    """The concepts that differ in what translations must carry, as they were and as they will be."""
    sides = [{(c.key, c.sources, c.accepted, c.forbidden): c for c in s if c.is_forced} for s in (before, after)]
    return [side[key] for side, other in (sides, sides[::-1]) for key in side.keys() - other.keys()]


def _changed(
    nearby: Matcher, was: Matcher, will_be: Matcher, sentences: Iterable[tuple[str, str]]
) -> Iterator[ChangedSentence]:
    for document, sentence in sentences:
        if not nearby.find(sentence):
            continue
        before, after = was.find(sentence, document), will_be.find(sentence, document)
        if [(m.start, m.end, _demand(m.concept)) for m in before] != [
            (m.start, m.end, _demand(m.concept)) for m in after
        ]:
            yield ChangedSentence(
                document,
                sentence,
                tuple((sentence[m.start : m.end], m.concept.target) for m in before),
                tuple((sentence[m.start : m.end], m.concept.target) for m in after),
            )


def _demand(concept: Concept) -> tuple[object, ...]:
    """What a translation is held to where the concept stands."""
    return concept.target, frozenset(concept.accepted), frozenset(concept.forbidden)
