"""Markup (HTML, XHTML) read at the offsets of its source, so that all that is not text can stay byte for byte.

`scan` is one pass, linear in the source whatever it holds: block elements part the texts, inline elements are marks.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter

from documents.formats.base import Text
from documents.formats.escapes import one_line, unescaped
from documents.formats.spans import Segment
from documents.formats.tokens import CLOSE, OPEN, TEXT, THING, Token, segment_of, stretches

HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile("[A-Za-z]")
# Elements in which the text of a block runs on. Every other element parts texts, as a block does.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite data del dfn em font i ins mark nobr picture q rb ruby s small span strike "
    "strong sub sup time tt u var".split()
)
# Elements without an end tag, and those that stand in a line like a letter.
_VOID = frozenset("area base br col embed frame hr img input link meta param source track wbr".split())
_IN_LINE = frozenset("br img input wbr embed source".split())
_RAW = frozenset("script style noscript textarea iframe noembed noframes xmp".split())
# Elements that may hold others, of which nothing is text; of them these stand in a line.
_SKIPPED = frozenset("svg math template code kbd samp".split())
# The most frequent of those that part texts: told first.
_BLOCKS = frozenset(
    "p div li ul ol td th tr table tbody thead h1 h2 h3 h4 h5 h6 dl dt dd section article header footer nav main "
    "blockquote body head html hr link option".split()
)
_RUBY = frozenset(("rt", "rp", "rtc"))
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 title".split())
_PLACES = dict.fromkeys(_HEADINGS - {"title"}, "heading") | {
    "title": "title", "p": "paragraph", "li": "list item", "td": "table cell", "th": "table cell",
    "figcaption": "caption", "caption": "caption", "blockquote": "quotation", "option": "option",
    "button": "button", "pre": "line",
}  # fmt: skip
_READ = frozenset(("alt", "title", "placeholder", "aria-label"))
_DESCRIBED = frozenset("description keywords og:title og:description twitter:title twitter:description".split())

_START = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(r"""<(/?)([a-zA-Z][^ \t\n\r\f/>]*+)((?:[^>"'=]++|=[ \t\n\r\f]*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)>""")
_ATTRIBUTE = re.compile(
    r"""([^ \t\n\r\f/>="'][^ \t\n\r\f/>=]*+)(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+("[^"]*+"|'[^']*+'|[^ \t\n\r\f>"'][^ \t\n\r\f>]*+))?+"""
)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\][^>]*+)?+>", re.I)
_RUBY_END = re.compile(r"<(/?)(rt|rp|rtc|rb|ruby|p|div|td|li)\b[^<>]*+>", re.I)
_TITLE_END = re.compile(r"</title(?=[\s/>])", re.I)
_CHARSET = re.compile(r"""(?:charset|encoding)\s*+=\s*+["']?\s*+([\w.:-]+)""", re.I)
_INDENT = re.compile(r"\s*+(?:\u3000|(?:&nbsp;|\xa0){2}|&emsp;|<br\b)", re.I)
# A text with more marks is parted: a page of nothing but tags must not become one text.
_MOST_MARKS = 500
# A line that a <br> ends goes on in the next if it is this long and ends within a sentence.
_WRAPPED = 20


@dataclasses.dataclass(slots=True)
class Scan:
    """The texts of a source, the stretches that name its encoding, and those to be changed for English."""

    segments: list[Segment] = dataclasses.field(default_factory=list)
    charsets: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    languages: list[tuple[int, int, str]] = dataclasses.field(default_factory=list)


def scan(source: str, xml: bool) -> Scan:
    """The texts of HTML or, if `xml`, XHTML, where any element may be closed in its start tag."""
    scanner = _Scanner(source, xml)
    scanner.run()
    return scanner.found


class _Scanner:
    def __init__(self, source: str, xml: bool) -> None:
        self.source, self.xml = source, xml
        self.found = Scan()
        self.tokens: list[Token] = []
        self.marks = 0
        self.block = ""
        self.pre = 0
        self.skipped, self.depth, self.skipped_from = "", 0, 0
        self.line: list[str] = []
        self.untitled = False
        self.opened: Counter[str] = Counter()

    def run(self) -> None:
        source, pos = self.source, 0
        while True:
            match = _START.search(source, pos)
            start = match.start() if match else len(source)
            if start > pos and not self.skipped:
                self._text(pos, start)
            if match is None:
                break
            pos = self._markup(start)
        self._flush()

    def _text(self, start: int, end: int) -> None:
        if not self.pre:
            text = unescaped(self.source[start:end])
            if not self.tokens and text.isspace():
                return
            self.tokens.append((TEXT, start, end, text))
            self.line.append(text)
            return
        while (cut := self.source.find("\n", start, end)) >= 0:
            self.tokens.append((TEXT, start, cut, unescaped(self.source[start:cut])))
            self._flush()
            start = cut + 1
        self.tokens.append((TEXT, start, end, unescaped(self.source[start:end])))

    def _markup(self, start: int) -> int:
        """Take what begins with the "<" at `start`; the offset after it."""
        source = self.source
        tag = _TAG.match(source, start)
        if tag is not None:
            return self._tag(tag)
        if source.startswith("<!--", start):
            end = start + 5 if source.startswith("<!-->", start) else self._after("-->", start + 4)
        elif source.startswith("<![CDATA[", start) and self.xml:
            end = self._after("]]>", start)
        elif source.startswith(("<!", "<?", "</"), start):
            doctype = _DOCTYPE.match(source, start)
            end = doctype.end() if doctype else self._after(">", start)
            if source.startswith("<?xml", start) and (named := _CHARSET.search(source, start, end)):
                self.found.charsets.append(named.span(1))
        else:
            end = len(source)
        if not self.skipped:
            self._thing(start, end)
        return end

    def _after(self, what: str, start: int) -> int:
        at = self.source.find(what, start)
        return len(self.source) if at < 0 else at + len(what)

    def _tag(self, tag: re.Match[str]) -> int:
        closing, name = bool(tag[1]), tag[2].lower()
        start, end = tag.span()
        whole = self.xml and self.source[end - 2] == "/"
        if self.skipped:
            breaks_out = self.skipped in ("svg", "math") and name in _PLACES and name != "title"
            if not breaks_out:
                self._skip(name, closing, whole, end)
                return end
            self.skipped = ""
            self._thing(self.skipped_from, start)
        if closing:
            self._end(name, start, end)
            return end
        if tag[3] or name == "html":
            self._attributes(name, tag.start(3), tag.end(3))
        if name in _BLOCKS:
            self._flush()
            self.block = name
        elif name in _SKIPPED and not whole:
            self.skipped, self.depth, self.skipped_from = name, 1, start
        elif name in _RAW and not whole:
            return self._raw(name, start, end)
        elif name == "title" and not whole:
            return self._title(end)
        elif name in _RUBY and not whole:
            return self._ruby(name, start, end)
        elif name == "br":
            self._line_break(start, end)
        elif name in _IN_LINE or (whole and (name in _INLINE or name in _SKIPPED or ":" in name)):
            self._thing(start, end)
        elif name in _INLINE or (":" in name and name not in _VOID):
            self._mark((OPEN, start, end, name))
            self.opened[name] += 1
        else:
            self._flush()
            self.block = name
            self.pre += name == "pre" and not whole
        return end

    def _end(self, name: str, start: int, end: int) -> None:
        if name in _BLOCKS:
            self._flush()
            self.block = ""
        elif name in _INLINE or ":" in name:
            self._mark((CLOSE if self.opened[name] > 0 else THING, start, end, name))
            self.opened[name] -= self.opened[name] > 0
        elif name not in _RUBY and name not in _SKIPPED:
            self._flush()
            self.block = ""
            self.pre = max(0, self.pre - (name == "pre"))
        else:
            self._thing(start, end)

    def _skip(self, name: str, closing: bool, whole: bool, end: int) -> None:
        if name == self.skipped and not whole:
            self.depth += -1 if closing else 1
            if not self.depth:
                self.skipped = ""
                self._thing(self.skipped_from, end)

    def _raw(self, name: str, start: int, end: int) -> int:
        closed = re.compile(f"</{name}(?=[\\s/>])", re.I).search(self.source, end)
        after = self._after(">", closed.end()) if closed else len(self.source)
        self._thing(start, after)
        return after

    def _title(self, end: int) -> int:
        """Take the title whose start tag ends at `end`: nothing in it is a tag. One without an end is a block."""
        self._flush()
        self.block = "title"
        closed = None if self.untitled else _TITLE_END.search(self.source, end)
        if closed is None:
            self.untitled = True
            return end
        self._text(end, closed.start())
        self._flush()
        self.block = ""
        return self._after(">", closed.end())

    def _ruby(self, name: str, start: int, end: int) -> int:
        stop = _RUBY_END.search(self.source, end)
        if stop is not None:
            end = stop.end() if stop[1] and stop[2].lower() == name else stop.start()
        self._mark((THING, start, end, name))
        return end

    def _line_break(self, start: int, end: int) -> None:
        line = "".join(self.line).strip()
        self.line = []
        goes_on = self.block in _HEADINGS or line[-1:] in tuple("，、,（《“") or len(line) >= _WRAPPED
        if not goes_on or line[-1:] in tuple("。！？；：…”.!?;:") or _INDENT.match(self.source, end):
            self._flush()
        else:
            self._thing(start, end)

    def _thing(self, start: int, end: int) -> None:
        self._mark((THING, start, end, ""))

    def _mark(self, token: Token) -> None:
        if self.marks >= _MOST_MARKS:
            self._flush()
        self.marks += 1
        self.tokens.append(token)

    def _attributes(self, name: str, start: int, end: int) -> None:
        """Texts in the attributes of a tag, what they say of encoding and language."""
        source = self.source
        if name == "html":
            self._language(start, end)
        elif name == "meta" and (named := _CHARSET.search(source, start, end)):
            self.found.charsets.append(named.span(1))
        if not HAN.search(source, start, end) and source.find("&#", start, end) < 0:
            return
        given = {m[1].lower(): m for m in reversed(list(_ATTRIBUTE.finditer(source, start, end))) if m[2]}
        words = {key: m[2].strip("\"'").lower() for key, m in given.items() if key in ("name", "property", "type")}
        read = set(_READ)
        if name == "meta" and (words.get("name", words.get("property", "")) in _DESCRIBED):
            read.add("content")
        elif name == "input" and words.get("type") in ("submit", "button", "reset"):
            read.add("value")
        for key, match in sorted(given.items(), key=lambda item: item[1].start()):
            quoted = match[2][0] in "\"'"
            text = one_line(unescaped(match[2][1:-1] if quoted else match[2])).strip()
            if key in read and HAN.search(text):
                place = Text(text, (), "attribute")
                self.found.segments.append(Segment(place, *match.span(2), attribute=True))

    def _language(self, start: int, end: int) -> None:
        named = [
            m for m in _ATTRIBUTE.finditer(self.source, start, end) if m[1].lower() in ("lang", "xml:lang") and m[2]
        ]
        self.found.languages += [(*m.span(2), '"en"') for m in named]
        if not named:
            self.found.languages.append((start, start, ' lang="en"'))

    def _flush(self) -> None:
        """End the text of a block: part it at tags without a partner in it, which must stay where they are."""
        if self.line:
            self.line = []
        if not self.tokens:
            return
        tokens, self.tokens, self.marks = self.tokens, [], 0
        if len(tokens) == 1 and tokens[0][0] == TEXT:
            self._segment(tokens, {}, 0, 1)
            return
        if not any(t[0] == TEXT for t in tokens):
            return
        for partner, first, last in stretches(tokens):
            self._segment(tokens, partner, first, last)

    def _segment(self, tokens: list[Token], partner: dict[int, int], first: int, last: int) -> None:
        """Add the text of the tokens from `first` up to `last`, but for a line of program text."""
        place = _PLACES.get(self.block, "text")
        found = segment_of(self.source, tokens, partner, first, last, place, bool(self.pre), _RUBY)
        if found and not (self.pre and len(HAN.findall(found.text.text)) <= len(_LATIN.findall(found.text.text))):
            self.found.segments.append(found)
