"""Translations made elsewhere, before and after their names were forced in, as one HTML page.

The page is whole in itself (no script, no address outside it), and every character of the texts is escaped.
"""

from __future__ import annotations

import difflib
import html
import re
import shutil
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from translate.forcing.ledger import OUTCOMES

if TYPE_CHECKING:
    from translate.pairs import ForcedPair

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fbfaf7; --line: #e3dfd6; --soft: #6a7280; --new: #cdeccf; --old: #f6d3cf; --ask: #fde7b8 }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e5df; --paper: #16191e; --line: #2c323b; --soft: #98a1ae; --new: #1f4a2c; --old: #5a2a26; --ask: #5b4514 } }
body { margin: 0 auto; max-width: 88rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 15px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 1.3rem; margin: 0 0 .2rem; overflow-wrap: anywhere } .note { color: var(--soft); font-size: .87rem; margin: 0 0 1.2rem }
table { border-collapse: collapse; width: 100%; table-layout: fixed } th { text-align: left; color: var(--soft); font-weight: 600 }
td, th { padding: .5rem .7rem; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
col.n { width: 3.4rem } td.n { color: var(--soft); font-size: .8rem }
del { background: var(--old); text-decoration: line-through; border-radius: .2em } ins { background: var(--new); text-decoration: none; border-radius: .2em }
ins.inserted { background: var(--ask); outline: 2px dashed #c2410c } .flag { display: block; font-size: .8rem; color: #b45309 } .flag.error { color: #dc2626 }
"""
_PIECE = re.compile(r"\s+|[A-Za-z0-9’'\-]+|.", re.DOTALL)


class BeforeAfterPage:
    """The page, made pair by pair: what changed, with what the checks find; pairs that stayed as they were are counted.

    Rows wait on disk, since the counts above them are known at the end.
    """

    def __init__(self, name: str, glossary_hash: str) -> None:
        self._title = html.escape(name)
        self._glossary = glossary_hash
        self._rows = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `write`, or with the object
        self._outcomes: Counter[str] = Counter()
        self._pairs = self._shown = 0

    def add(self, item: ForcedPair) -> None:
        """The next pair."""
        self._pairs += 1
        self._outcomes.update(row.outcome for row in item.forced.ledger)
        if item.forced.text != item.pair.target or item.flags:
            self._shown += 1
            self._rows.write(_row(self._pairs, item).encode("utf-8", "replace"))

    def write(self, file: BinaryIO) -> None:
        """The whole page into a file."""
        counts = ", ".join(f"{self._outcomes[name]} {name}" for name in OUTCOMES if self._outcomes[name])
        note = (
            f"{self._pairs} pairs, {self._pairs - self._shown} of them right as they were and not shown · "
            f"{counts or 'no term occurs'} · glossary {self._glossary}"
        )
        head = (
            f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{self._title}</title>\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n</head>\n<body>\n'
            f'<h1>{self._title}</h1>\n<p class="note">{html.escape(note)}</p>\n<table>\n<colgroup><col class="n"><col><col><col></colgroup>\n'
            "<thead><tr><th></th><th>Chinese</th><th>Before</th><th>After</th></tr></thead>\n<tbody>\n"
        )
        file.write(head.encode())
        self._rows.seek(0)
        shutil.copyfileobj(self._rows, file)
        file.write(b"</tbody>\n</table>\n</body>\n</html>\n")
        self._rows.close()


def _row(number: int, item: ForcedPair) -> str:
    inserted = {row.found for row in item.forced.ledger if row.outcome == "inserted"}
    before, after = _compared(item.pair.target, item.forced.text, inserted)
    flags = "".join(
        f'<span class="flag {flag.severity}">{html.escape(flag.severity)}: {html.escape(flag.text)}</span>'
        for flag in item.flags
    )
    document = html.escape(item.pair.document)
    return (
        f'<tr><td class="n" title="{document}">{number}</td><td lang="zh">{html.escape(item.pair.source)}</td>'
        f'<td lang="en">{before}</td><td lang="en">{after}{flags}</td></tr>\n'
    )


def _compared(before: str, after: str, inserted: set[str]) -> tuple[str, str]:
    """Both texts escaped, what went marked in the first, what came in the second."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    left, right = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = html.escape("".join(old[a:b])), html.escape("".join(new[c:d]))
        if kind == "equal":
            left.append(was)
            right.append(now)
            continue
        look = ' class="inserted"' if any(name in "".join(new[c:d]) for name in inserted) else ""
        left.append(f"<del>{was}</del>" if was else "")
        right.append(f"<ins{look}>{now}</ins>" if now else "")
    return "".join(left), "".join(right)
