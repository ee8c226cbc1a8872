"""The name and its English between the tags that a model of ours was trained with (translate/engines/tags.py)."""

from __future__ import annotations

from collections.abc import Sequence

from translate.engines.base import Engine
from translate.engines.tags import tagged, without_tags
from translate.forcing.carriers.base import Carrier
from translate.forcing.ledger import Occurrence


def _send(source: str, occurrences: Sequence[Occurrence], engine: Engine) -> str:
    parts: list[str] = []
    at = 0
    for occurrence in occurrences:
        parts += [source[at : occurrence.start], tagged(occurrence.text, occurrence.expected)]
        at = occurrence.end
    return "".join([*parts, source[at:]])


def _receive(source: str, answer: str, occurrences: Sequence[Occurrence]) -> str:
    return without_tags(answer)


CARRIER = Carrier("hinted", _send, _receive)
