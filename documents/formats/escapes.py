"""Characters as markup writes them: references, white space, and what XML cannot hold."""

from __future__ import annotations

import html
import re

from documents.formats.base import LINE_ENDS
from documents.formats.xml import NOT_IN_XML

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}+(?![0-9])|#[xX][0-9a-fA-F]{1,8}+(?![0-9a-fA-F])|[a-zA-Z][a-zA-Z0-9]{0,31});?")
_BROKEN_LINE = re.compile(r"(?<=[\u3001-\u9fff\uff01-\uffee])[ \t]*+[\r\n]\s*+(?=[\u3001-\u9fff\uff01-\uffee])")
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t-\r\x1c-\x1e\x85\u2028\u2029]")
LINE_END = re.compile(f"[{LINE_ENDS}]")


def unescaped(text: str) -> str:
    """Text with its character references resolved; numbers too long to be characters stay."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text) if "&" in text else text


def escaped(text: str) -> str:
    """Any text as character data or the value of a quoted attribute, without what XML cannot hold."""
    return html.escape(NOT_IN_XML.sub("", LINE_END.sub(" ", text)))


def one_line(text: str) -> str:
    """`text` with white space as a browser shows it: a line end within Chinese is none, others are spaces."""
    return _SPACES.sub(" ", _BROKEN_LINE.sub("", text) if "\n" in text or "\r" in text else text)
