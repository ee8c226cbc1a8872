"""Persons in tags, their titles before their names, as no model of this size puts them by itself (王群大使: *the king's group of
ambassadors*)."""

from __future__ import annotations

import re

from documents.script import to_simplified_characters
from translate.engines.gloss.persons import is_person, persons_in, title_behind
from translate.engines.gloss.scan import HAN
from translate.engines.gloss.segment import shared_segmenter
from translate.engines.tags import TAGGED, tagged, with_tags

_RUN = re.compile(f"[{HAN}]+")


def with_persons(source: str) -> str:
    """`source` with tags around persons with a title behind their name; a tagged person's title joins it."""
    segmenter = shared_segmenter()
    parts: list[str] = []
    done = 0
    for term in TAGGED.finditer(source):
        parts.append(_tagged(source[done : term.start()]))
        chinese, english, done = term["chinese"], term["english"], term.end()
        title, said = title_behind(to_simplified_characters(source[done : done + 8]), segmenter)
        if title and is_person(to_simplified_characters(chinese), segmenter):
            chinese, english, done = chinese + source[done : done + len(title)], f"{said} {english}", done + len(title)
        parts.append(tagged(chinese, english))
    return "".join([*parts, _tagged(source[done:])])


def _tagged(text: str) -> str:
    return with_tags(
        text,
        (
            (run.start() + start, run.start() + end, english)
            for run in _RUN.finditer(to_simplified_characters(text))
            for start, end, english in persons_in(run[0], shared_segmenter())
        ),
    )
