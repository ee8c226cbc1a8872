"""Find and replace in the English of many segments, seen before it is done and undone as one."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from storage.models import SegmentRow
from translate.selection import SegmentFilter, Spot, segments_from

_AT_ONCE = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the English and what is put in its place; both as they are written, no patterns."""

    find: str
    replacement: str
    match_case: bool = True
    whole_words: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """As a regular expression; a whole word is bounded where its end is a letter or digit."""
        found = re.escape(self.find)
        if self.whole_words:
            found = (r"(?<!\w)" if re.match(r"\w", self.find) else "") + found
            found += r"(?!\w)" if re.search(r"\w\Z", self.find) else ""
        return re.compile(found, 0 if self.match_case else re.IGNORECASE)

    def replaced(self, text: str) -> str:
        """`text` with every place replaced."""
        return self.pattern.sub(lambda _: self.replacement, text)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where it stands in `text`."""
        return [match.span() for match in self.pattern.finditer(text)]


def affected(session: Session, where: SegmentFilter, wanted: Wanted) -> Iterator[SegmentRow]:
    """The segments that let `where` through and whose English would change, with their English, in order."""
    if not wanted.find or wanted.find == wanted.replacement:
        return
    within = dataclasses.replace(where, text=wanted.find)
    at = Spot(0, 0)
    while rows := segments_from(session, within, at, _AT_ONCE):
        for row in rows:
            if row.translation is not None and wanted.replaced(row.translation.target) != row.translation.target:
                yield row
        at = Spot(rows[-1].document_id, rows[-1].position + 1)


def split(rows: Sequence[SegmentRow]) -> tuple[list[SegmentRow], list[SegmentRow]]:
    """Those that may be changed, and those that are locked."""
    locked = [row for row in rows if row.translation is not None and row.translation.state == "locked"]
    return [row for row in rows if row not in locked], locked
