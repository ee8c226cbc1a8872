"""The English name written into the Chinese sentence, in the brackets that the engine wants."""

from __future__ import annotations

from collections.abc import Sequence

from translate.engines.base import Engine
from translate.forcing.carriers.base import Carrier, written_in
from translate.forcing.ledger import Occurrence


def _send(source: str, occurrences: Sequence[Occurrence], engine: Engine) -> str:
    return written_in(source, occurrences, [engine.hint_format.format(o.expected) for o in occurrences])


def _receive(source: str, answer: str, occurrences: Sequence[Occurrence]) -> str:
    return answer


CARRIER = Carrier("hinted", _send, _receive)
