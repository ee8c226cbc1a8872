"""The termbase in the workspace: concepts, their history, settled conflicts, and the sentences around a word."""

from glossary.store.concepts import (
    Selection,
    Synced,
    add_concept,
    change_concepts,
    change_named,
    concept_row,
    count_by_status,
    count_selected,
    decide,
    load_concepts,
    review_queue,
    sync_concepts,
    termbase_stamp,
    to_concept,
)
from glossary.store.folding import TermAt, fold_terms
from glossary.store.history import Change, ChangeSet, history, undo
from glossary.store.settlements import open_conflicts, reopen, settle, settled_conflicts, settlements

__all__ = [
    "Change",
    "ChangeSet",
    "Selection",
    "Synced",
    "TermAt",
    "add_concept",
    "change_concepts",
    "change_named",
    "concept_row",
    "count_by_status",
    "count_selected",
    "decide",
    "fold_terms",
    "history",
    "load_concepts",
    "open_conflicts",
    "reopen",
    "review_queue",
    "settle",
    "settled_conflicts",
    "settlements",
    "sync_concepts",
    "termbase_stamp",
    "to_concept",
    "undo",
]
