"""The edits of a document as a person decides about them: place by place, all readings of one place together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

from app.borrowed import borrowed_reason
from app.language import nt, t
from app.plain import escaped
from app.removals import changes_of, marked_raw, visible
from app.words import kind_words, share
from documents.damage import MENDING_KINDS
from documents.decisions import Decisions, key_of
from documents.edits import Edit

Standing = Literal["removed", "open", "restored", "accepted", "blocked"]

SAID = {
    "restored": "Restored",
    "accepted": "Accepted",
    "blocked": "Accepted, not possible",
}
_MOST_TOGETHER = 8
_NEAR = 4
_CONTEXT = 8
_LONGEST = 60
_UNREADABLE = "\ufffd"


class Entry(NamedTuple):
    """One place. Of what was `removed` or `restored` the edits go together; else each edit is a reading of the place.

    `blocked`: a reading was accepted and cannot be applied, as something else is in its way.
    """

    start: int
    end: int
    edits: tuple[Edit, ...]
    standing: Standing

    @property
    def kind(self) -> str:
        """The kind of its first edit."""
        return self.edits[0].kind

    @property
    def name(self) -> str:
        """What tells it from every other place of its document; fit for a widget's key."""
        return f"{self.start}_{self.end}_{self.kind}"


def entries_of(edits: Iterable[Edit], decisions: Decisions) -> list[Entry]:
    """The places of a document by raw offset; `edits` as its ledger has them after `decisions`."""
    places: list[Entry] = []
    readings: dict[tuple[int, int], list[Edit]] = {}
    accepted, restored = decisions.accepted, decisions.restored
    for edit in edits:
        # A long document has a hundred thousand edits: no key is made where nothing was decided.
        if edit.applied and not (accepted and key_of(edit) in accepted):
            _put(places, edit, "removed")
        elif not edit.applied and restored and key_of(edit) in restored:
            _put(places, edit, "restored")
        else:
            readings.setdefault((edit.start, edit.end), []).append(edit)
    for (start, end), choices in readings.items():
        standing: Standing = "open"
        if any(edit.applied for edit in choices):
            standing = "accepted"
        elif any(key_of(edit) in decisions.accepted for edit in choices):
            standing = "blocked"
        places.append(Entry(start, end, tuple(choices), standing))
    return sorted(places, key=lambda place: (place.start, place.end))


def _put(places: list[Entry], edit: Edit, standing: Standing) -> None:
    """Add an edit, to the place before it if a person would see one change: a run, or the marks put into one date."""
    last = places[-1] if places else None
    if last and last.standing == standing and len(last.edits) < _MOST_TOGETHER:
        before = last.edits[-1]
        gap = _NEAR if before.start == before.end and edit.start == edit.end else 0
        if (before.kind, before.reason) == (edit.kind, edit.reason) and edit.start - before.end <= gap:
            places[-1] = Entry(last.start, edit.end, (*last.edits, edit), standing)
            return
    places.append(Entry(edit.start, edit.end, (edit,), standing))


def on_stretch(entries: Iterable[Entry], start: int, end: int, kinds: Collection[str]) -> list[Entry]:
    """The places of these kinds on raw[start:end)."""
    return [
        entry
        for entry in entries
        if entry.start < end
        and (entry.end > start or entry.start >= start)
        and any(edit.kind in kinds for edit in entry.edits)
    ]


def count_open(entries: Iterable[Entry]) -> int:
    """Places at which a proposal waits for a person."""
    return sum(entry.standing == "open" for entry in entries)


def doubts_of(entries: Iterable[Entry], clean: str) -> Counter[tuple[str, str]]:
    """The places at which a document is damaged, by kind ("": any) and by what was done or is to be done about them."""
    places: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        if entry.standing in ("open", "blocked"):
            places[entry.kind, "to decide"] += 1
        elif entry.standing == "restored":
            places["", "restored by hand"] += 1
        elif entry.kind in MENDING_KINDS:
            places[entry.kind, kind_words(entry.kind).mended] += 1
    if unreadable := clean.count(_UNREADABLE):
        places["unreadable", ""] = unreadable
    return places


def damage_words(score: float, doubts: Counter[tuple[str, str]]) -> str:
    """The damage of a document in words, "" if there is none."""
    if not score or not doubts:
        return ""
    which = ", ".join(_counted_kinds(doubts))
    return t("{share} of its characters are lost or doubtful: {which}", share=share(score), which=which)


def _counted_kinds(places: Counter[tuple[str, str]]) -> Iterable[str]:
    for (kind, what), number in sorted(places.items(), key=lambda item: -item[1]):
        words = kind_words(kind)
        one = words.one or (f"{words.title.lower()} place" if kind else "removal")
        many = words.many or f"{one}s"
        yield f"{nt(f'{{n}} {one}', f'{{n}} {many}', number)} {t(what) if what else ''}".strip()


def entry_html(raw: str, entry: Entry) -> str:
    """A place of the list: its kind, what stood there and what it became, with the text around it, and why."""
    titles = dict.fromkeys(t(kind_words(edit.kind).title) for edit in entry.edits)
    sure = f" {t('or')} ".join(dict.fromkeys(share(edit.confidence) for edit in entry.edits))
    reasons = "; ".join(dict.fromkeys(borrowed_reason(edit.reason) for edit in entry.edits))
    return (
        f'<div class="edit" style="--h:{kind_words(entry.kind).hue}"><div class="small"><b>{escaped(" / ".join(titles))}</b> '
        f'<span class="soft">{t("{share} sure", share=sure)}</span></div>'
        f'<a class="what" lang="zh" dir="auto" href="#at{entry.start}" target="_self">{_shown(raw, entry)}</a>'
        f'<div class="soft small" dir="auto">{escaped(reasons[:300])}</div></div>'
    )


def _shown(raw: str, entry: Entry) -> str:
    end = entry.end
    if entry.standing == "removed" and entry.end - entry.start <= _LONGEST:
        # A mark put in at the end of the place is drawn before the character behind it.
        end = min(len(raw), end + (entry.edits[-1].start == end))
        kinds = {edit.kind for edit in entry.edits}
        middle = marked_raw(raw, changes_of(entry.edits), entry.start, end, kinds, anchors=False)
    else:
        middle = _judged(shortened(raw[entry.start : entry.end]), entry)
    before = escaped(raw[max(0, entry.start - _CONTEXT) : entry.start].rpartition("\n")[2])
    after = escaped(raw[end : end + _CONTEXT].partition("\n")[0])
    return f'<span class="soft">{before}</span>{middle}<span class="soft">{after}</span>'


def _judged(stood: str, entry: Entry) -> str:
    """What stood in a place (escaped) and what it became, or would become."""
    if entry.standing == "restored":
        return f'<mark class="restored">{stood}</mark>'
    applied = next((edit for edit in entry.edits if edit.applied), None)
    if applied:
        return f"<del>{stood}</del><ins>{shortened(applied.replacement)}</ins>"
    only = entry.edits[0] if len(entry.edits) == 1 else None
    becomes = f" → <b>{shortened(only.replacement) or t('(nothing)')}</b>" if only else ""
    return f'<mark class="proposal">{stood or "‸"}</mark>{becomes}'


def shortened(text: str) -> str:
    """Escaped text; the middle of a long one is left out."""
    if len(text) <= _LONGEST:
        return visible(text)
    return f"{visible(text[:40])} … {visible(text[-12:])}"
