"""What may come in as a file: documents, and .zip archives of them, within limits that hold whatever the file claims.

Nothing is unpacked to a path that an archive names, and no member is read further than the limits.
"""

from __future__ import annotations

import dataclasses
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from documents.bundle import BUNDLES
from documents.formats import format_of
from documents.formats.packed import member_name
from documents.reader import SUFFIXES

# Bytes of one text, of everything that comes in together, and how many files; one entry of an archive's directory.
LARGEST = 50 * 1024 * 1024
MOST_BYTES = 200 * 1024 * 1024
MOST_FILES = 1_000
_ENTRY = 1_024
# A text this many times as large as its packed form is no text; short ones may be.
_RATIO, _SMALL = 100, 1024 * 1024
_PIECE = 64 * 1024
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".jar")
# What a document's name may end in.
TAKEN = tuple(suffix for suffix in SUFFIXES if suffix not in BUNDLES)
# How files begin that are no text, whatever their name says.
_BEGINNINGS = (
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "a ZIP archive or an Office document"),
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Office document"),
    (re.compile(rb"\{\\rtf"), "a rich-text document"),
    (re.compile(rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ\x00|\x28\xb5\x2f\xfd|7z\xbc\xaf|Rar!\x1a"), "a compressed file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP", re.DOTALL), "a picture"),
    (re.compile(rb"\x7fELF|MZ.{0,62}\x00\x00", re.DOTALL), "a program"),
    (re.compile(rb"SQLite format 3\x00"), "a database"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it, or a member of an archive."""

    name: str
    data: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not taken in. `reason` ends the sentence about it; `values` fill what it leaves open."""

    name: str
    reason: str
    values: dict[str, object] = dataclasses.field(default_factory=dict)


def admitted(uploads: Iterable[Upload]) -> Iterator[Upload | Refusal]:
    """The texts among the uploads, archives unpacked, and why each of the others is not taken in."""
    files = total = 0
    for upload in uploads:
        for item in _unpacked(upload):
            if isinstance(item, Upload):
                files, total = files + 1, total + len(item.data)
                if files > MOST_FILES:
                    yield Refusal(
                        item.name, "more than {files} files came together; bring it in later.", {"files": MOST_FILES}
                    )
                    return
                if total > MOST_BYTES:
                    yield Refusal(
                        item.name, "more than {size} MB came together; bring it in later.", {"size": MOST_BYTES >> 20}
                    )
                    return
            yield item


def _unpacked(upload: Upload) -> Iterator[Upload | Refusal]:
    if upload.name.lower().endswith(".zip"):
        yield from _members(upload)
    else:
        yield _refusal(upload.name, upload.data) or upload


def _refusal(name: str, data: bytes) -> Refusal | None:
    """Why a file is no text that can be read; None where it may be one."""
    if not name.lower().endswith(TAKEN):
        return _unknown(name)
    if len(data) > LARGEST:
        return _too_large(name)
    if format_of(name) is not None:
        # Its own module tells what is wrong with it.
        return None
    for beginning, kind in _BEGINNINGS:
        if beginning.match(data):
            return Refusal(
                name, "is {kind}, not text, in spite of its name; save it as plain text first.", {"kind": kind}
            )
    return None


def _unknown(name: str) -> Refusal:
    return Refusal(name, "is of no kind that is read here; save it as .docx or plain text first.")


def _too_large(name: str) -> Refusal:
    return Refusal(name, "is larger than {size} MB; split it.", {"size": LARGEST >> 20})


def _members(archive: Upload) -> Iterator[Upload | Refusal]:
    """The texts of an archive, each named after it."""
    if len(archive.data) > LARGEST:
        yield _too_large(archive.name)
        return
    if problem := _directory_problem(archive.data):
        yield Refusal(archive.name, problem, {"files": MOST_FILES})
        return
    try:
        opened = zipfile.ZipFile(io.BytesIO(archive.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        yield Refusal(archive.name, "is no ZIP archive, or a damaged one; pack it again.")
        return
    with opened:
        # What macOS adds to an archive of its own is nothing that anybody packed.
        entries = [e for e in opened.infolist() if not e.is_dir() and not e.filename.startswith("__MACOSX/")]
        if not entries:
            yield Refusal(archive.name, "is an empty archive; nothing to do.")
        for entry in entries:
            yield _member(opened, entry, f"{archive.name}/{member_name(entry)}")


def _directory_problem(data: bytes) -> str:
    """What forbids reading the directory of an archive: zipfile reads all of it, however long it is."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or len(data) < end + 22:
        return "is no ZIP archive, or a damaged one; pack it again."
    entries, size = (
        int.from_bytes(data[end + 10 : end + 12], "little"),
        int.from_bytes(data[end + 12 : end + 16], "little"),
    )
    if entries > MOST_FILES or size > MOST_FILES * _ENTRY:
        return "holds more than {files} files; split it."
    return ""


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Upload | Refusal:
    inside = member_name(entry)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    parts = re.split(r"[\\/]", inside)
    if kind not in (0, stat.S_IFREG):
        return Refusal(name, "is a link or a device, not a file.")
    if ".." in parts or not parts[0] or re.match(r"[A-Za-z]:", inside):
        return Refusal(name, "has a path that leads out of the archive.")
    if inside.lower().endswith(_ARCHIVES):
        return Refusal(name, "is an archive inside an archive; take it out first.")
    if not inside.lower().endswith(TAKEN):
        return _unknown(name)
    if entry.flag_bits & 0x1:
        return Refusal(name, "is encrypted; pack it without a password.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Refusal(name, "is packed in a way that is not read here; pack it as an ordinary ZIP archive.")
    try:
        data = _read(archive, entry)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        return Refusal(name, "is damaged; pack the archive again.")
    if isinstance(data, str):
        return Refusal(name, data, {"size": LARGEST >> 20, "ratio": _RATIO})
    return _refusal(name, data) or Upload(name, data)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | str:
    """The bytes of a member, or why they are not read to their end; what the archive says of their number is not believed."""
    pieces: list[bytes] = []
    read = 0
    with archive.open(entry) as file:
        while piece := file.read(_PIECE):
            read += len(piece)
            if read > LARGEST:
                return "is larger than {size} MB; split it."
            if read > max(_SMALL, _RATIO * entry.compress_size):
                return "is packed more than {ratio} times over, as no text is."
            pieces.append(piece)
    return b"".join(pieces)
