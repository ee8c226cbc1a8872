"""The fields of a concept that TBX and TMX have no place of their own for, as one line of text and back."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from glossary.concept import CATEGORIES, ORIGINS, STATUSES, Concept

_MARK = "zhengming "
_KEPT = ("category", "status", "origin", "confidence", "count", "documents")
_DEFAULTS = {field.name: field.default for field in dataclasses.fields(Concept) if field.name in _KEPT}
_ALLOWED = {"category": CATEGORIES, "status": STATUSES, "origin": ORIGINS}


def line_of(concept: Concept) -> str:
    """`zhengming {…}` with the fields that are not as they would be anyway, "" if all are."""
    values = {name: getattr(concept, name) for name in _KEPT if getattr(concept, name) != _DEFAULTS[name]}
    if not concept.target:
        values["status"] = concept.status
    return _MARK + json.dumps(values, ensure_ascii=False) if values else ""


def is_line(text: str) -> bool:
    """Whether a note is such a line."""
    return text.startswith(_MARK + "{")


def fields_of(line: str) -> dict[str, Any]:
    """The fields in a line; what is not understood is passed over, since others may have edited the file."""
    try:
        found = json.loads(line[len(_MARK) :])
    except ValueError:
        return {}
    values = {name: found[name] for name in _KEPT if isinstance(found, dict) and name in found}
    return {name: value for name, value in values.items() if _is_valid(name, value)}


def _is_valid(name: str, value: object) -> bool:
    if name in _ALLOWED:
        return value in _ALLOWED[name]
    number = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e12
    return number and (name == "confidence" or isinstance(value, int))
