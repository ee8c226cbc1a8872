"""A person's English against the glossary as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from storage.models import TranslationRow
from translate.checks import run_checks
from translate.forcing.chain import Request
from translate.forcing.ledger import LedgerRow, Occurrence, Outcome, ledger
from translate.store import save_proof


def prove_again(translation: TranslationRow, request: Request) -> None:
    """Ledger and checks anew; the English itself stays."""
    proof = ledger_of_person(translation.target, request.occurrences, translation)
    save_proof(translation, proof, run_checks(request.source, translation.target, proof))


def ledger_of_person(
    target: str, occurrences: Sequence[Occurrence], before: TranslationRow | None
) -> tuple[LedgerRow, ...]:
    """The ledger of a person's text: an outcome stays as it was; what was not right before, the person has repaired."""
    known: dict[int, Outcome] = {}
    for row in before.occurrences if before is not None else ():
        if row.outcome not in ("unresolved", "inserted"):
            known[row.source_start] = row.outcome  # type: ignore[assignment]
    return ledger(target, occurrences, [known.get(o.start, "repaired") for o in occurrences])
