"""Every change of the termbase, by whom and when, before and after; and the way back."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, selectinload

from glossary.concept import Concept
from glossary.store.rows import Stored, delete_concepts, insert_concepts, stored_with_sources, update_concepts
from storage import StaleError, person_of
from storage.models import ChangeRow, ChangeSetRow

# What is counted anew at every build is no change of a term.
_STATISTICS = ("count", "documents", "context", "confidence")
_LISTS = ("source_variants", "target_variants", "forbidden")
_DEFAULTS = {field.name: field.default for field in dataclasses.fields(Concept)}


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """A concept before and after; None where there was or is none. `decided`: whether a person had, and has."""

    before: Concept | None
    after: Concept | None
    decided: tuple[bool, bool] = (False, False)

    @property
    def key(self) -> tuple[str, str]:
        """Which concept it is about."""
        concept = self.after or self.before
        assert concept is not None
        return concept.key

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that differ."""
        if self.before is None or self.after is None:
            return ()
        return tuple(name for name in _DEFAULTS if getattr(self.before, name) != getattr(self.after, name))

    @property
    def is_telling(self) -> bool:
        """Whether anything but statistics differs."""
        whole = self.before is None or self.after is None
        return whole or any(name not in _STATISTICS for name in self.fields) or self.decided[0] != self.decided[1]

    def __str__(self) -> str:
        source, scope = self.key
        where = f"{source} (in {scope})" if scope else source
        if self.before is None:
            return f"{where}: added{_english(self.after)}"
        if self.after is None:
            return f"{where}: taken out{_english(self.before)}"
        parts = [f"{name} {_shown(self.before, name)} → {_shown(self.after, name)}" for name in self.fields]
        return f"{where}: {'; '.join(parts) or 'decided'}"


@dataclasses.dataclass(frozen=True, slots=True)
class ChangeSet:
    """What was changed at one stroke."""

    number: int
    made: datetime.datetime
    who: str
    action: str
    note: str
    undoes: int | None
    changes: tuple[Change, ...]


def _english(concept: Concept | None) -> str:
    return f" ({concept.target})" if concept is not None and concept.target else ""


def _shown(concept: Concept, name: str) -> str:
    value = getattr(concept, name)
    return repr(" | ".join(value) if isinstance(value, tuple) else value)


def record(
    session: Session, action: str, changes: Iterable[Change], who: str = "", note: str = "", undoes: int | None = None
) -> int | None:
    """Keep what was changed; the number of the change set, None if nothing but statistics changed."""
    telling = [change for change in changes if change.is_telling]
    if not telling:
        return None
    made = ChangeSetRow(who=who or person_of(session).name, action=action, note=note, undoes=undoes)
    session.add(made)
    session.flush()
    rows = [
        {
            "change_set_id": made.id,
            "source": change.key[0],
            "scope": change.key[1],
            "before": _as_dict(change.before, change.decided[0]),
            "after": _as_dict(change.after, change.decided[1]),
        }
        for change in telling
    ]
    session.execute(insert(ChangeRow), rows)
    return made.id


def history(
    session: Session, term: str = "", limit: int = 20, most: int = 50, before: int | None = None
) -> list[ChangeSet]:
    """The latest change sets, latest first; with `term`, those of that Chinese name only. At most `most` changes each.

    `before` is the number of a change set: only earlier ones are wanted.
    """
    query = select(ChangeSetRow).order_by(ChangeSetRow.id.desc()).limit(limit)
    if before is not None:
        query = query.where(ChangeSetRow.id < before)
    wanted = [ChangeRow.source == term] if term else []
    if term:
        query = query.where(ChangeSetRow.id.in_(select(ChangeRow.change_set_id).where(*wanted)))
    found = []
    for row in session.scalars(query):
        changes = select(ChangeRow).where(ChangeRow.change_set_id == row.id, *wanted).order_by(ChangeRow.id).limit(most)
        held = tuple(_change(change) for change in session.scalars(changes))
        found.append(ChangeSet(row.id, row.made, row.who, row.action, row.note, row.undoes, held))
    return found


def last_change(session: Session) -> int:
    """The number of the latest change set, 0 while there is none."""
    return session.scalar(select(func.max(ChangeSetRow.id))) or 0


def names_changed_since(session: Session, number: int) -> list[str]:
    """Chinese names for which translations have to be otherwise since that change set."""
    query = select(ChangeRow).where(ChangeRow.change_set_id > number).order_by(ChangeRow.id)
    changes = (_change(row) for row in session.scalars(query))
    sides = (side for c in changes if _demands(c.before) != _demands(c.after) for side in (c.before, c.after) if side)
    return list(dict.fromkeys(name for side in sides for name in side.sources))


def _demands(concept: Concept | None) -> tuple[object, ...]:
    """What a concept demands of translations; nothing where it is not forced."""
    if concept is None or not concept.is_forced:
        return ()
    return concept.sources, concept.target, frozenset(concept.accepted), frozenset(concept.forbidden), concept.scope


def undo(session: Session, number: int | None = None, who: str = "") -> ChangeSet:
    """Put back what a change set (the last one that is not undone, if none is named) has changed; itself a change set.

    Raises StaleError, and nothing is changed, if a concept was changed again since.
    """
    row = _to_undo(session, number)
    changes = [_change(change) for change in row.changes]
    present = {stored.concept.key: stored for stored in stored_with_sources(session, {c.key[0] for c in changes})}
    for change in changes:
        _refuse_stale(change, present.get(change.key))
    _put_back(session, changes, present)
    reversed_changes = tuple(Change(c.after, c.before, (c.decided[1], c.decided[0])) for c in changes)
    made = record(session, "undo", reversed_changes, who, f"undid {row.id}", row.id)
    assert made is not None
    return ChangeSet(made, row.made, who, "undo", "", row.id, reversed_changes)


def _to_undo(session: Session, number: int | None) -> ChangeSetRow:
    undone = select(ChangeSetRow.undoes).where(ChangeSetRow.undoes.is_not(None))
    query = select(ChangeSetRow).options(selectinload(ChangeSetRow.changes))
    if number is None:
        open_ones = query.where(ChangeSetRow.undoes.is_(None), ChangeSetRow.id.not_in(undone))
        row = session.scalars(open_ones.order_by(ChangeSetRow.id.desc()).limit(1)).first()
        if row is None:
            raise StaleError("There is nothing to undo.")
        return row
    row = session.scalars(query.where(ChangeSetRow.id == number)).first()
    if row is None:
        raise StaleError(f"There is no change {number}; history lists them.")
    return row


def _refuse_stale(change: Change, stored: Stored | None) -> None:
    now = Change(change.after, stored.concept if stored else None)
    same = (change.after is None) == (stored is None)
    if not same or (stored is not None and any(name not in _STATISTICS for name in now.fields)):
        raise StaleError(f"{change.key[0]} was changed again since; undo the later change first.")


def _put_back(session: Session, changes: Sequence[Change], present: dict[tuple[str, str], Stored]) -> None:
    gone = [present[c.key].id for c in changes if c.before is None]
    back = {present[c.key].id: (c.before, c.decided[0]) for c in changes if c.before and c.key in present}
    versions = {present[c.key].id: present[c.key].version + 1 for c in changes if c.key in present}
    update_concepts(session, back, versions)
    insert_concepts(session, [(c.before, c.decided[0]) for c in changes if c.before and c.key not in present])
    delete_concepts(session, gone)


def _as_dict(concept: Concept | None, decided: bool) -> dict[str, Any] | None:
    if concept is None:
        return None
    values = {name: getattr(concept, name) for name, default in _DEFAULTS.items() if getattr(concept, name) != default}
    return {**values, "decided": decided}


def _change(row: ChangeRow) -> Change:
    decided = tuple(bool(side and side.get("decided")) for side in (row.before, row.after))
    return Change(_concept(row.before), _concept(row.after), (decided[0], decided[1]))


def _concept(values: dict[str, Any] | None) -> Concept | None:
    if values is None:
        return None
    known: dict[str, Any] = {
        name: tuple(value) if name in _LISTS else value for name, value in values.items() if name in _DEFAULTS
    }
    return Concept(**known)
