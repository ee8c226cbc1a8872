"""The batch as commands and the app use it; the work itself is in translate/jobs."""

from __future__ import annotations

from translate.jobs.chunk import request_key
from translate.jobs.counts import BatchReport, DocumentReport, Progress
from translate.jobs.documents import load_bilingual
from translate.jobs.proof import ledger_of_person
from translate.jobs.run import count_outdated, refresh, refresh_holding, run_batch, translate_documents

__all__ = [
    "BatchReport",
    "DocumentReport",
    "Progress",
    "count_outdated",
    "ledger_of_person",
    "load_bilingual",
    "refresh",
    "refresh_holding",
    "request_key",
    "run_batch",
    "translate_documents",
]
