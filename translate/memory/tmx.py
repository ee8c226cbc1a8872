"""The translation memory as TMX 1.4b, in and out, unit by unit: a million of them pass in little memory.

What a unit has beside its texts stands in creationid, creationdate and properties (`x-zhengming-…`), so that it comes
back as it was; a stranger's units come in as `imported`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax import saxutils

from lxml import etree

from translate.memory.unit import STATES, Unit

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = "%Y%m%dT%H%M%SZ"
_PREFIX = "x-zhengming-"
_PROPERTIES = ("state", "context", "engine", "glossary", "request", "document")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="Zhengming" creationtoolversion="1" segtype="sentence" o-tmf="Zhengming memory" \
adminlang="en" srclang="zh-CN" datatype="plaintext"/>
  <body>
"""
_FOOT = "  </body>\n</tmx>\n"
# What XML 1.0 cannot hold at all.
_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))


class MemoryFileError(Exception):
    """A TMX file cannot be read. The message is one sentence for a person."""


def lines_of(units: Iterable[Unit]) -> Iterator[str]:
    """The file, piece by piece."""
    yield _HEAD
    for unit in units:
        yield _unit(unit)
    yield _FOOT


def read_units(path: Path) -> Iterator[Unit]:
    """The units that have Chinese and English. Raises MemoryFileError for what is no whole TMX file."""
    try:
        with path.open("rb") as file:
            events = etree.iterparse(
                file,
                events=("start", "end"),
                tag=("{*}tmx", "{*}tu"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            root = None
            for event, element in events:
                if event == "start":
                    root = element if root is None else root
                    if etree.QName(root).localname != "tmx":
                        raise MemoryFileError(f"{path}: is no TMX file.")
                elif etree.QName(element).localname == "tu":
                    unit = _read(element)
                    if unit is not None:
                        yield unit
                    _forget(element)
            if root is None:
                raise MemoryFileError(f"{path}: is no TMX file.")
    except OSError as error:
        raise MemoryFileError(f"{path}: cannot be read ({error.strerror}).") from None
    except etree.XMLSyntaxError as error:
        raise MemoryFileError(f"{path}: is no whole TMX file ({str(error.msg).splitlines()[0][:160]}).") from None


def _forget(element: etree._Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _unit(unit: Unit) -> str:
    head = f' creationid="{_attribute(unit.who)}"' if unit.who else ""
    head += f' creationdate="{unit.made:{_DATE}}"' if unit.made else ""
    about = "".join(
        f'      <prop type="{_PREFIX}{name}">{_text(value)}</prop>\n'
        for name in _PROPERTIES
        if (value := getattr(unit, name))
    )
    if unit.outcomes:
        about += f'      <prop type="{_PREFIX}outcomes">{_text(" ".join(unit.outcomes))}</prop>\n'
    return (
        f"    <tu{head}>\n{about}"
        f'      <tuv xml:lang="zh-CN"><seg>{_text(unit.source)}</seg></tuv>\n'
        f'      <tuv xml:lang="en"><seg>{_text(unit.target)}</seg></tuv>\n    </tu>\n'
    )


def _read(element: etree._Element) -> Unit | None:
    texts: dict[str, str] = {}
    for variant in element.iterfind("{*}tuv"):
        language = (variant.get(_LANGUAGE) or variant.get("lang") or "").lower()[:2]
        segment = variant.find("{*}seg")
        if segment is not None:
            texts.setdefault(language, "".join(str(part) for part in segment.itertext()).strip())
    if not texts.get("zh") or not texts.get("en"):
        return None
    about = {
        (prop.get("type") or "").removeprefix(_PREFIX): "".join(str(part) for part in prop.itertext())
        for prop in element.iterfind("{*}prop")
        if (prop.get("type") or "").startswith(_PREFIX)
    }
    state = about.get("state", "")
    return Unit(
        source=texts["zh"],
        target=texts["en"],
        state=state if state in STATES else "imported",
        context=about.get("context", "")[:32],
        engine=about.get("engine", "")[:200],
        glossary=about.get("glossary", "")[:64],
        request=about.get("request", "")[:64],
        who=(element.get("creationid") or "")[:200],
        document=about.get("document", "")[:400],
        made=_date(element.get("creationdate") or ""),
        outcomes=tuple(about.get("outcomes", "").split()),
    )


def _date(value: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.strptime(value, _DATE).replace(tzinfo=None)  # noqa: DTZ007
    except ValueError:
        return None


def _text(value: str) -> str:
    return saxutils.escape(value.translate(_UNWRITABLE), {"\r": "&#13;"})


def _attribute(value: str) -> str:
    return saxutils.escape(value.translate(_UNWRITABLE), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
