"""The termbase in the workspace: concepts, their history, settled conflicts, and the sentences around a word."""

from glossary.store.concepts import (
    Selection,
    Synced,
    add_concept,
    change_concepts,
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
from glossary.store.history import Change, ChangeSet, history, undo
from glossary.store.settlements import open_conflicts, settle, settled_conflicts

__all__ = [
    "Change",
    "ChangeSet",
    "Selection",
    "Synced",
    "add_concept",
    "change_concepts",
    "concept_row",
    "count_by_status",
    "count_selected",
    "decide",
    "history",
    "load_concepts",
    "open_conflicts",
    "review_queue",
    "settle",
    "settled_conflicts",
    "sync_concepts",
    "termbase_stamp",
    "to_concept",
    "undo",
]
