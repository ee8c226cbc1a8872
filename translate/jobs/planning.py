"""A dry run: how much a batch would send, and what that costs. Nothing is sent, and nothing is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from documents import Unreadable, read_documents
from documents.store import keep_document
from glossary import Concept, Glossary
from glossary.store import load_concepts, sync_concepts
from storage import Workspace
from storage.models import SegmentRow, TranslationRow
from translate import requests_for
from translate.engines.base import Engine
from translate.engines.online.pieces import HAN
from translate.forcing.naming import Style
from translate.jobs.chunk import is_current, wanted_of
from translate.jobs.reuse import reusable


@dataclasses.dataclass
class BatchPlan:
    """Segments in all; `current`: their English is there; `memory`: found in the memory; `repeated`: like another one.

    `send` and `characters`: what remains, each text once. An engine that loses a name is asked a second time for that
    sentence: the true number may be somewhat higher.
    """

    segments: int = 0
    current: int = 0
    memory: int = 0
    repeated: int = 0
    send: int = 0
    characters: int = 0
    cost: str = ""
    sends: str = ""
    problems: list[str] = dataclasses.field(default_factory=list)


class _TakeBackError(Exception):
    """Ends the transaction without keeping anything."""


def plan_batch(
    workspace: Workspace,
    inputs: Iterable[str],
    concepts: Sequence[Concept] | None,
    engine: Engine,
    style: Style = "as-source",
    columns: Sequence[str] = (),
) -> BatchPlan:
    """What `run_batch` with the same arguments would ask the engine."""
    plan = BatchPlan(sends=engine.sends)
    asked: set[tuple[object, ...]] = set()
    try:
        with workspace.session() as session:
            if concepts is not None:
                sync_concepts(session, concepts)
            glossary = Glossary(tuple(load_concepts(session)))
            for item in read_documents(inputs, columns):
                if isinstance(item, Unreadable):
                    plan.problems.append(item.reason)
                    continue
                row, _ = keep_document(session, item)
                session.flush()
                query = (
                    select(SegmentRow.id, SegmentRow.source, TranslationRow.state, TranslationRow.request)
                    .outerjoin(TranslationRow)
                    .where(SegmentRow.document_id == row.id)
                    .order_by(SegmentRow.position)
                )
                rows = session.execute(query).all()
                requests = requests_for([segment.source for segment in rows], glossary, row.name, style)
                wanted = [wanted_of(s.id, number, requests, engine) for number, s in enumerate(rows)]
                open_ones = [w for w, s in zip(wanted, rows, strict=True) if not is_current(s.state, s.request, w.keys)]
                known = reusable(session, open_ones)
                plan.segments += len(rows)
                plan.current += len(rows) - len(open_ones)
                plan.memory += len(known)
                for one in open_ones:
                    if one.segment_id in known:
                        continue
                    text = (one.request.source, one.request.occurrences)
                    plan.repeated += text in asked
                    if text not in asked and HAN.search(one.request.source):
                        plan.send += 1
                        plan.characters += len(one.request.source)
                    asked.add(text)
            raise _TakeBackError
    except _TakeBackError:
        pass
    price = engine.members[0].price
    plan.cost = "your provider's price" if price is None else price.of(plan.characters)
    return plan
