"""XLIFF 1.2 and 2.x: the Chinese of units that nobody has translated yet, their English beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from documents.formats.base import FormatError
from documents.formats.escapes import escaped
from documents.formats.strings import HAN, one_line
from documents.formats.translation_files import Slot, TranslationFile, is_chinese, is_english, nothing_left
from documents.formats.xml_source import (
    Edit,
    Element,
    Role,
    XmlSource,
    elements,
    indent_of,
    inline_texts,
    with_attributes,
)

_ROLES_1: dict[str, Role] = {"g": "pair", "mrk": "pair", "bx": "begin", "bpt": "begin", "ex": "end", "ept": "end"}
_ROLES_2: dict[str, Role] = {"pc": "pair", "mrk": "pair", "sc": "begin", "ec": "end"}
_STATE_1, _QUALIFIER, _STATE_2 = "needs-review-translation", "leveraged-mt", "translated"
_ENGLISH = "en"
_LONGEST_ID = 60


class Xliff(TranslationFile):
    """A file for translation tools, XLIFF 1.2 or 2.x."""

    name: ClassVar[str] = "xliff"
    title: ClassVar[str] = "XLIFF 1.2 or 2.x"
    keeps: ClassVar[str] = (
        "units and their order, inline tags, notes, matches, what is translated or not to be translated"
    )

    def slots(self, source: XmlSource) -> Iterator[Slot]:
        """The units without English, or with some that their state calls unfinished. Raises FormatError."""
        if source.name != "xliff":
            raise FormatError("is no XLIFF file; take one of XLIFF 1.2 or 2.x.")
        if source.version != "1.2" and not source.version.startswith("2."):
            raise FormatError(f"is XLIFF {source.version or 'of no version'}; save it as 1.2 or 2.1, which are read.")
        if source.has_doctype:
            raise FormatError("declares a document type, which an XLIFF file never does; it is not read.")
        return _units_1(source) if source.version == "1.2" else _units_2(source)


def _units_1(source: XmlSource) -> Iterator[Slot]:
    text, core = source.text, source.prefix
    any_left = any_chinese = False
    languages: list[str] = []
    for unit in elements(text, frozenset((f"{core}trans-unit",))):
        file = _around(unit, f"{core}file")
        pair = (unit.inherited("source-language") or "", unit.inherited("target-language") or "")
        if not _wanted(*pair):
            languages.append(" to ".join(filter(None, pair)))
            continue
        any_chinese = True
        given, target = unit.child(f"{core}source"), unit.child(f"{core}target")
        if given is None or unit.inherited("translate") == "no" or unit.given.get("approved") == "yes":
            continue
        parted = unit.child(f"{core}seg-source") or given
        kept = given.inherited("xml:space") == "preserve"
        place = one_line(f"unit {unit.given.get('id', '')}")[:_LONGEST_ID]
        found, words = inline_texts(text, parted.inner, parted.inner_end, _ROLES_1, place, kept)
        state = target.given.get("state") if target is not None else None
        unfinished = state == "new" or (state or "").startswith("needs-")
        if not found or not _is_open(text, target, words, _ROLES_1, unfinished):
            continue
        any_left = True

        def put(
            content: str,
            given: Element = given,
            parted: Element = parted,
            target: Element | None = target,
            file: Element | None = file,
        ) -> Iterable[Edit]:
            wanted = {"state": _STATE_1, "state-qualifier": _QUALIFIER}
            if file is not None and not file.given.get("target-language"):
                yield with_attributes(text, file, {"target-language": _ENGLISH})
            if target is not None and not is_english(target.given.get("xml:lang", _ENGLISH)):
                wanted["xml:lang"] = (file.given.get("target-language") if file else "") or _ENGLISH
            yield from _put(text, core, given, parted, target, content, wanted)

        yield Slot(found, parted.inner, parted.inner_end, put)
    if not any_left:
        raise nothing_left(any_chinese, languages)


def _units_2(source: XmlSource) -> Iterator[Slot]:
    text, core = source.text, source.prefix
    any_left = False
    for unit in elements(text, frozenset((f"{core}unit",))):
        root = unit.root
        pair = (root.given.get("srcLang", ""), root.given.get("trgLang", ""))
        if not _wanted(*pair):
            raise nothing_left(False, [" to ".join(filter(None, pair))])
        if unit.inherited("translate") == "no":
            continue
        for segment in unit.children:
            given, target = segment.child(f"{core}source"), segment.child(f"{core}target")
            if segment.name != f"{core}segment" or given is None:
                continue
            place = one_line(f"unit {unit.given.get('id', '')}")[:_LONGEST_ID]
            kept = given.inherited("xml:space") == "preserve"
            found, words = inline_texts(text, given.inner, given.inner_end, _ROLES_2, place, kept)
            state = segment.given.get("state")
            if state in ("translated", "reviewed", "final") and target is not None:
                continue
            if not found or not _is_open(text, target, words, _ROLES_2, state == "initial"):
                continue
            any_left = True

            def put(
                content: str,
                root: Element = root,
                segment: Element = segment,
                given: Element = given,
                target: Element | None = target,
            ) -> Iterable[Edit]:
                if not root.given.get("trgLang"):
                    yield with_attributes(text, root, {"trgLang": _ENGLISH})
                # What a state says more exactly goes with the state.
                yield with_attributes(text, segment, {"state": _STATE_2, "subState": None})
                yield from _put(text, core, given, given, target, content, {})

            yield Slot(found, given.inner, given.inner_end, put)
    if not any_left:
        raise nothing_left(True, ())


def _wanted(source: str, target: str) -> bool:
    """Whether a file is from Chinese into English, or does not say."""
    return (not source or is_chinese(source)) and (not target or is_english(target))


def _around(element: Element, name: str) -> Element | None:
    at = element.parent
    while at is not None and at.name != name:
        at = at.parent
    return at


def _is_open(text: str, target: Element | None, words: str, roles: dict[str, Role], unfinished: bool) -> bool:
    """Whether there is nothing at a target that somebody has made: none, no words, the source again, or unfinished ones."""
    if target is None or unfinished:
        return True
    _, present = inline_texts(text, target.inner, target.inner_end, roles, "", False)
    return not present.strip() or (present.split() == words.split() and HAN.search(present) is not None)


def _put(
    text: str,
    core: str,
    given: Element,
    behind: Element,
    target: Element | None,
    content: str,
    wanted: dict[str, str],
) -> Iterable[Edit]:
    """The edits that put the content into the target of a unit, or into a new one behind its source."""
    if target is None:
        told = "".join(f' {name}="{escaped(value)}"' for name, value in wanted.items())
        new = f"{indent_of(text, given.start)}<{core}target{told}>{content}</{core}target>"
        yield behind.end, behind.end, new
        return
    start, end, tag = with_attributes(text, target, wanted)
    if target.inner == target.end:
        yield start, end, f"{tag[:-2].rstrip()}>{content}</{target.name}>"
        return
    yield start, end, tag
    yield target.inner, target.inner_end, content
