"""A translated document as every output sees it: segments in order, with their proof and flags."""

from __future__ import annotations

import dataclasses

from translate.checks import Flag
from translate.forcing.ledger import LedgerRow


@dataclasses.dataclass(frozen=True, slots=True)
class BilingualSegment:
    """A segment with its English. `state`: machine, edited, confirmed, or failed (no English, `error` says why).

    `damage` is the share of the source's characters that are lost or doubtful, 0–1.
    """

    index: int
    paragraph: int
    source: str
    target: str
    state: str
    ledger: tuple[LedgerRow, ...] = ()
    flags: tuple[Flag, ...] = ()
    error: str = ""
    damage: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class BilingualDocument:
    """A document's segments, and what they were made with (engine signature, glossary hash, engine in words)."""

    name: str
    engine: str
    engine_note: str
    glossary_hash: str
    segments: tuple[BilingualSegment, ...]
