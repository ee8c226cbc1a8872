"""What a change of terms would do to the documents, found before it is saved from the few sentences that hold their names."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Sequence

from sqlalchemy.orm import Session

from app.language import nt, t
from app.plain import escaped
from app.sentences import with_term
from app.session import terms_near
from app.terms.sightings import MOST, sentences_holding
from glossary import Concept
from glossary.preview import ChangedSentence, Preview, preview

_SHOWN = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Effect:
    """The sentences that a change touches; `more`: a name is so frequent that only its first sentences were looked at."""

    preview: Preview
    more: bool = False

    @property
    def size(self) -> int:
        """How many sentences were found."""
        return len(self.preview.changed)

    @property
    def words(self) -> str:
        """How many sentences in how many documents, "" for none."""
        if not self.size:
            return ""
        where = nt("{n} document", "{n} documents", self.preview.documents)
        if self.more:
            return t(
                "at least {sentences} in {where}", sentences=nt("{n} sentence", "{n} sentences", self.size), where=where
            )
        return nt("{n} sentence in {where}", "{n} sentences in {where}", self.size, where=where)


def effect_of(session: Session, before: Sequence[Concept], after: Sequence[Concept]) -> Effect:
    """What it does to the documents that these terms become those; the terms beside them are as they are now."""
    changed = [concept for concept in (*before, *after) if concept not in before or concept not in after]
    demands = [{_demand(c) for c in side if c.is_forced} for side in (before, after)]
    if demands[0] == demands[1]:
        return Effect(Preview())
    forms = list(dict.fromkeys(form for concept in changed for form in concept.sources))
    rows, more = sentences_holding(session, forms)
    sentences = [(document, text) for document, _, text in rows[: 2 * MOST]]
    near = terms_near(session, (text for _, text in sentences))
    own = {concept.key for concept in (*before, *after)}
    return Effect(preview(_in_place(near, own, before), _in_place(near, own, after), sentences), more)


def _in_place(near: Sequence[Concept], own: Container[tuple[str, str]], mine: Sequence[Concept]) -> list[Concept]:
    """The terms near with `mine` where those of their keys stood: of two that claim one form, the first has it."""
    fresh = {concept.key: concept for concept in mine}
    placed = [fresh.pop(concept.key, None) if concept.key in own else concept for concept in near]
    return [*(concept for concept in placed if concept is not None), *fresh.values()]


def _demand(concept: Concept) -> tuple[object, ...]:
    return concept.key, concept.sources, concept.accepted, concept.forbidden


def examples_html(effect: Effect) -> str:
    """The first sentences of an effect: which names would stand there otherwise, before and after."""
    shown = "".join(_example(changed) for changed in effect.preview.changed[:_SHOWN])
    left = effect.size - _SHOWN
    rest = f'<div class="soft small">{escaped(nt("and {n} more", "and {n} more", left))}</div>' if left > 0 else ""
    return shown + rest


def _example(changed: ChangedSentence) -> str:
    lost = [pair for pair in changed.before if pair not in changed.after]
    gained = [pair for pair in changed.after if pair not in changed.before]
    sides = [" · ".join(dict.fromkeys(english for _, english in side)) for side in (lost, gained)]
    free = t("no fixed name")
    arrow = f"{escaped(sides[0] or free)} → <b>{escaped(sides[1] or free)}</b>"
    if not lost and not gained:
        arrow = escaped(t("the other forms that are right or wrong here change"))
    forms = [form for form, _ in (*lost, *gained)] or [form for form, _ in changed.before]
    return (
        f'<blockquote><span lang="zh-Hans">{with_term(_around(changed.sentence, forms[0]), forms)}</span>'
        f'<div class="small">{arrow}</div><div class="soft small">{escaped(changed.document)}</div></blockquote>'
    )


def _around(sentence: str, term: str, most: int = 120) -> str:
    """The part of a long sentence around the term."""
    if len(sentence) <= most:
        return sentence
    start = max(0, min(sentence.find(term) - most // 3, len(sentence) - most))
    return ("…" if start else "") + sentence[start : start + most] + ("…" if start + most < len(sentence) else "")
