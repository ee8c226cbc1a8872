"""What files for translation tools share (XLIFF, TMX): units with Chinese, English put beside it, all else to the byte."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from documents.formats.base import LINE_ENDS, Format, FormatError, Mark, Text
from documents.formats.spans import Segment, changed, rendered
from documents.formats.strings import spliced
from documents.formats.xml_source import Edit, XmlSource, as_xml, xml_source

_ONE_LINE = dict.fromkeys(map(ord, LINE_ENDS), " ")
_CHINESE = frozenset("zh zho chi cmn yue cn".split())


def is_chinese(language: str) -> bool:
    """Whether a language code is one of Chinese, however it is written (zh, ZH-cn, zh_Hant)."""
    return _primary(language) in _CHINESE


def is_english(language: str) -> bool:
    """Whether a language code is one of English."""
    return _primary(language) in ("en", "eng")


def _primary(language: str) -> str:
    return language.strip().lower().replace("_", "-").partition("-")[0]


@dataclasses.dataclass(frozen=True, slots=True)
class Slot:
    """A unit that wants English: its texts, the stretch of source that its English is made from, and where it is put."""

    segments: Sequence[Segment]
    start: int
    end: int
    put: Callable[[str], Iterable[Edit]]


class TranslationFile(Format):
    """A format of units, each with a Chinese source and a place for its English."""

    @abstractmethod
    def slots(self, source: XmlSource) -> Iterator[Slot]:
        """The units that want English, in order. Raises FormatError."""

    def read(self, data: bytes) -> list[Text]:
        """The Chinese of the units that want English, in order; inline elements are marks. Raises FormatError."""
        slots = list(self.slots(xml_source(data)))
        return [segment.text for slot in slots for segment in slot.segments]

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The file with English in its units; a unit of which some text is left blank stays untranslated."""
        source = xml_source(data)
        edits: set[Edit] = set()
        number = 0
        for slot in self.slots(source):
            own = {at: texts[number + at] for at in range(len(slot.segments)) if number + at in texts}
            number += len(slot.segments)
            new = changed(list(slot.segments), own)
            if new and all(text.text.strip() for text in new.values()):
                edits.update(slot.put(_content(source.text, slot, new)))
        return source.encoded(spliced(source.text, sorted(edits))) if edits else data


def _content(source: str, slot: Slot, new: Mapping[int, Text]) -> str:
    """The source of a unit with other texts in it."""
    pieces = []
    at = slot.start
    for number, segment in enumerate(slot.segments):
        if number in new:
            pieces.append(source[at : segment.start])
            text = _whole(source, new[number], segment)
            pieces += rendered(
                text,
                segment.sources,
                lambda a, b: source[a:b],
                lambda words, a, b: as_xml(words[a:b].translate(_ONE_LINE)),
            )
            at = segment.end
    return "".join([*pieces, source[at : slot.end]])


def _whole(source: str, text: Text, segment: Segment) -> Text:
    """`text` with every pair of tags of its segment: one that found no words stands empty at the end, as tools want it.

    What only says something about words, as of a term, may go with them.
    """
    top = len(text.text)
    placed = {mark.code for mark in text.marks}
    lost = [
        Mark(top, top, code)
        for code, one in enumerate(segment.sources)
        if one.inner is not None and code not in placed and "mrk" not in source[one.start : one.start + 16]
    ]
    return Text(text.text, (*text.marks, *lost), text.place) if lost else text


def nothing_left(chinese: bool, languages: Iterable[str]) -> FormatError:
    """Why a file without a unit to translate is not taken."""
    if chinese:
        return FormatError("has nothing left to translate: its units have their English, or are to stay as they are.")
    told = " and ".join(dict.fromkeys(languages)) or "no language"
    return FormatError(f"is not from Chinese into English but for {told}; take another file.")
