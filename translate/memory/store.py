"""The translation memory in the workspace."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from storage.models import MemoryRow
from translate.memory.unit import STATES, Unit, source_key

# As many values as every database takes in one statement.
_AT_ONCE = 500
T = TypeVar("T")


def remember(session: Session, units: Iterable[Unit]) -> int:
    """Keep the units; each takes the place of the one with its identity, unless that one is newer. How many are new."""
    new = 0
    for some in _parts(units):
        wanted = {unit.identity: _values(unit) for unit in some}
        query = select(MemoryRow.identity, MemoryRow.id, MemoryRow.made).where(MemoryRow.identity.in_(list(wanted)))
        known = {row.identity: row for row in session.execute(query)}
        fresh = [values for identity, values in wanted.items() if identity not in known]
        if fresh:
            session.execute(insert(MemoryRow), fresh)
        later = [wanted[i] | {"id": row.id} for i, row in known.items() if row.made <= wanted[i]["made"]]
        if later:
            session.execute(update(MemoryRow), later)
        new += len(fresh)
    return new


def same_requests(session: Session, requests: Sequence[str]) -> dict[str, Unit]:
    """What a machine once answered to these requests, by request."""
    found: dict[str, Unit] = {}
    for some in _parts(dict.fromkeys(requests)):
        rows = session.scalars(
            select(MemoryRow).where(MemoryRow.request.in_(some), MemoryRow.state == "machine").order_by(MemoryRow.id)
        )
        found |= {row.request: unit_of(row) for row in rows if row.request}
    return found


def same_sources(session: Session, sources: Mapping[str, str], states: Sequence[str] = STATES) -> dict[str, list[Unit]]:
    """Units of the same source text, best first, for each source (source → its context, "" if not known).

    The same surroundings come before others, then the better state, then the newer.
    """
    keys = {source: source_key(source) for source in sources}
    rows: dict[str, list[MemoryRow]] = defaultdict(list)
    for some in _parts(dict.fromkeys(keys.values())):
        for row in session.scalars(
            select(MemoryRow).where(MemoryRow.source_key.in_(some), MemoryRow.state.in_(states))
        ):
            rows[row.source_key].append(row)

    def order(row: MemoryRow, context: str) -> tuple[bool, int, float, int]:
        other = not context or row.context != context
        return (other, STATES.index(row.state), -row.made.replace(tzinfo=datetime.UTC).timestamp(), -row.id)

    return {
        source: [unit_of(row) for row in sorted(rows[key], key=lambda row: order(row, sources[source]))]
        for source, key in keys.items()
        if key in rows
    }


def every_unit(session: Session, states: Sequence[str] = STATES) -> Iterator[Unit]:
    """All units of these states in the order they came, a few thousand in memory at a time."""
    query = select(MemoryRow).where(MemoryRow.state.in_(states)).order_by(MemoryRow.id)
    for row in session.scalars(query.execution_options(yield_per=2000)):
        yield unit_of(row)


def distinct_sources(session: Session) -> list[str]:
    """Every source text once, for a FuzzyIndex."""
    return list(session.scalars(select(MemoryRow.source).distinct().order_by(MemoryRow.source)))


def count_units(session: Session) -> dict[str, int]:
    """Units by state."""
    query = select(MemoryRow.state, func.count().label("units")).group_by(MemoryRow.state)
    return {row.state: row.units for row in session.execute(query)}


def unit_of(row: MemoryRow) -> Unit:
    """A row as a unit."""
    return Unit(
        source=row.source,
        target=row.target,
        state=row.state,
        context=row.context,
        engine=row.engine,
        glossary=row.glossary,
        request=row.request,
        who=row.who,
        document=row.document,
        made=row.made,
        outcomes=tuple(row.outcomes),
    )


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while part := list(islice(left, _AT_ONCE)):
        yield part


def _values(unit: Unit) -> dict[str, Any]:
    made = unit.made or datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    return {
        "identity": unit.identity,
        "source_key": source_key(unit.source),
        "context": unit.context,
        "request": unit.request,
        "source": unit.source,
        "target": unit.target,
        "state": unit.state,
        "engine": unit.engine,
        "glossary": unit.glossary,
        "who": unit.who,
        "document": unit.document,
        "outcomes": list(unit.outcomes),
        "made": made,
    }
