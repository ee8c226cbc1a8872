"""JSON and JSON Lines: the strings with Chinese letters, each line of them a text; keys, numbers and layout stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from documents.formats.base import Format, FormatError, Text, require_columns
from documents.formats.strings import SURROGATE, Span, chinese_lines, line_texts, read_source, spliced, with_lines

_DEEPEST = 200
_LONGEST_PLACE, _LONGEST_KEY, _LAST_STEPS = 120, 60, 12
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]', re.DOTALL)


class Json(Format):
    """A JSON file, or one with a JSON value on each line."""

    name: ClassVar[str] = "json"
    title: ClassVar[str] = "JSON file"
    keeps: ClassVar[str] = "keys, their order, numbers, layout"

    def __init__(self, columns: Sequence[str] = ()) -> None:
        self._fields = tuple(columns)

    def only(self, columns: Sequence[str]) -> Format:
        """The files of which only the strings, and lists of strings, under these keys are read."""
        return Json(columns)

    def read(self, data: bytes) -> list[Text]:
        """The lines with Chinese letters in the strings that are values; the place is the path of the string."""
        texts: list[Text] = []
        for _, value, place in self._chosen(read_source(data).text):
            texts += line_texts(value, chinese_lines(value), place)
        return texts

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The file with other lines in its strings."""
        source = read_source(data)
        edits: list[tuple[int, int, str]] = []
        number = 0
        for (start, end), value, _ in self._chosen(source.text):
            spans = chinese_lines(value)
            new = with_lines(value, spans, texts, number)
            number += len(spans)
            if new is not None:
                # A file that writes all letters as \u… keeps to ASCII.
                ascii_only = source.text.isascii() or SURROGATE.search(new) is not None
                edits.append((start, end, json.dumps(new, ensure_ascii=ascii_only)))
        return source.encoded(spliced(source.text, edits)) if edits else data

    def _chosen(self, text: str) -> Iterator[tuple[Span, str, str]]:
        """The strings that are read, with where they stand and their paths. Raises FormatError."""
        keys: dict[str, None] = {}
        for span, value, place, key in _strings(text, keys):
            if not self._fields or key in self._fields:
                yield span, value, place
        require_columns(self._fields, keys, "field")


def _strings(text: str, keys: dict[str, None]) -> Iterator[tuple[Span, str, str, str]]:
    """Each string with Chinese letters that is a value: where it stands with its quotes, the string, its path, its key.

    `keys` are given the keys of all strings.
    """
    problem = _problem(text)
    if problem is None:
        yield from _strings_of(text, 0, len(text), "", keys)
        return
    if "\n" not in text.strip():
        raise FormatError(problem)
    at = 0
    good = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            if _problem(line) is not None:
                raise FormatError(f"has no valid JSON value on its line {number}; correct it." if good else problem)
            good += 1
            yield from _strings_of(text, at, at + len(line), f"line {number}", keys)
        at += len(line) + 1


def _problem(text: str) -> str | None:
    """Why `text` is no JSON value, or None."""
    depth = 0
    for token in _TOKEN.finditer(text):
        char = token.group()
        depth += (char in "{[") - (char in "}]")
        if depth > _DEEPEST:
            raise FormatError(f"is nested more than {_DEEPEST} deep; flatten it.")
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        return f"is not valid JSON at line {error.lineno}; correct it."
    except (ValueError, RecursionError):
        return "is not valid JSON; correct it."
    return None


def _strings_of(
    text: str, start: int, end: int, place: str, keys: dict[str, None]
) -> Iterator[tuple[Span, str, str, str]]:
    """The strings of the valid JSON value between `start` and `end`."""
    # A level is the key or the index that the next value stands at; a key before its name is None.
    path: list[str | int | None] = []
    is_key = False
    for token in _TOKEN.finditer(text, start, end):
        literal = token.group()
        if literal in ("{", "["):
            path.append(None if literal == "{" else 0)
            is_key = literal == "{"
        elif literal in ("}", "]"):
            path.pop()
            is_key = False
        elif literal == ",":
            last = path[-1]
            is_key = not isinstance(last, int)
            path[-1] = last + 1 if isinstance(last, int) else None
        elif literal == ":":
            is_key = False
        elif is_key:
            path[-1] = str(json.loads(literal))[:_LONGEST_KEY]
        else:
            value = str(json.loads(literal))
            key = next((step for step in reversed(path) if isinstance(step, str)), "")
            keys.setdefault(key)
            if chinese_lines(value):
                yield token.span(), value, _place(place, path), key


def _place(first: str, path: list[str | int | None]) -> str:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path[-_LAST_STEPS:]).removeprefix(
        "."
    )
    if len(steps) > _LONGEST_PLACE or len(path) > _LAST_STEPS:
        steps = "…" + steps[-_LONGEST_PLACE:]
    return ": ".join(part for part in (first, " ".join(steps.split())) if part)
