"""What the model leaves out and the draft renders is asked for again: the draft's phrase of it in tags, which the model obeys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from documents.script import to_simplified_characters
from translate.alignment.renderings import renderings_of
from translate.alignment.unrendered import left_out
from translate.alignment.words import english_stems
from translate.engines.draft.engine import Draft
from translate.engines.tags import outside_terms, with_tags


def insisted(source: str, english: str, draft: Draft) -> str:
    """`source` with tags around the phrases of the draft whose words `english` leaves out; terms that are tagged stay so."""
    return outside_terms(source, lambda text: _insisted(text, english, draft))


def _insisted(text: str, english: str, draft: Draft) -> str:
    plain = to_simplified_characters(text)
    phrases = [phrase for phrase in sorted(draft.phrases, key=lambda both: len(both[0])) if phrase[0].isalnum()]
    return with_tags(text, _left_out(plain, left_out(text, english, draft.english), phrases))


def _left_out(
    plain: str, words: Iterable[tuple[int, int]], phrases: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, int, str]]:
    """(start, end, English) of the phrases around `words`, those apart that are found."""
    done = 0
    for start, end in words:
        found = _around(plain, start, end, phrases)
        if found and found[0] >= done:
            yield found
            done = found[1]


def _around(plain: str, start: int, end: int, phrases: Sequence[tuple[str, str]]) -> tuple[int, int, str] | None:
    """(start, end, English) of the shortest phrase that holds the word from `start` to `end` and renders it."""
    known = renderings_of(plain[start:end])
    for chinese, said in phrases:
        at = plain.find(chinese, max(0, end - len(chinese)))
        if 0 <= at <= start and not known.isdisjoint(english_stems(said)):
            return at, at + len(chinese), said
    return None
