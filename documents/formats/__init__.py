"""Document formats besides plain text, by the suffix of a file's name. To add one is to add one module and one line here."""

from __future__ import annotations

from pathlib import PurePath

from documents.formats.base import Format, FormatError, Mark, Text
from documents.formats.docx import Docx
from documents.formats.eml import Eml
from documents.formats.epub import Epub
from documents.formats.html import Html
from documents.formats.json_lines import Json
from documents.formats.markdown import Markdown
from documents.formats.mhtml import Mhtml
from documents.formats.odt import Odt
from documents.formats.pdf import Pdf
from documents.formats.po import Po
from documents.formats.pptx import Pptx
from documents.formats.subtitles import Srt, Vtt
from documents.formats.table import Csv
from documents.formats.xlsx import Xlsx

__all__ = ["FORMATS", "Format", "FormatError", "Mark", "Text", "format_of", "joined"]

FORMATS: tuple[Format, ...] = (
    Docx(),
    Pptx(),
    Xlsx(),
    Odt(),
    Pdf(),
    Html(),
    Mhtml(),
    Epub(),
    Markdown(),
    Csv(),
    Srt(),
    Vtt(),
    Po(),
    Json(),
    Eml(),
)
_BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}
# What ends a line somewhere: a text that held one would be two lines of the raw text.
_ONE_LINE = {ord(char): " " for char in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}


def format_of(path: str | PurePath) -> Format | None:
    """The format that a file's name tells; None for plain text."""
    return _BY_SUFFIX.get(PurePath(path).suffix.lower())


def joined(texts: list[Text]) -> str:
    """The texts of a document as the lines of one raw text: line n is text n."""
    return "\n".join(text.text.translate(_ONE_LINE) for text in texts)
