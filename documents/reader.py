"""Files, directories, globs and standard input → raw documents; what cannot be read is named, never fatal."""

from __future__ import annotations

import dataclasses
import glob
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from documents.bundle import BUNDLES, members, source_bytes
from documents.encoding import EncodingError, decode
from documents.formats import KINDS, FormatError, format_of, joined

# What can be read: plain text, the formats, and archives of them.
SUFFIXES = (".txt", *(suffix for suffixes in KINDS.values() for suffix in suffixes), *BUNDLES)
# Of these, what in a directory is more often a note, a setting or a result than a document: read where it is named.
_KINDS_ASIDE = ("table.Csv", "json_lines.Json", "markdown.Markdown", "po.Po", "xliff.Xliff", "tmx.Tmx")
_ASIDE = frozenset(suffix for kind in _KINDS_ASIDE for suffix in KINDS[kind])
_IN_FOLDERS = tuple(suffix for suffix in SUFFIXES if suffix not in _ASIDE)
MAX_BYTES = 256 * 1024 * 1024
MOST_KEPT = 32 * 1024 * 1024


class DocumentError(Exception):
    """A document could not be read. The message is one sentence for a person: what, where, what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as supplied. `name` is the file's stem and the document's id in every table and ledger.

    `encoding` is that of a text file, or the name of another format, whose texts are the lines of `text`.
    """

    name: str
    path: str
    text: str
    encoding: str
    sha256: str
    lost_bytes: int = 0
    # What of the file could not be read, each as the end of a sentence about it.
    notes: tuple[str, ...] = ()
    # The columns that were asked for, where the format has columns.
    columns: tuple[str, ...] = ()
    # The file itself, where its format can be written back and it is not too large to be kept.
    data: bytes = dataclasses.field(default=b"", repr=False, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that gave no document, and why, in one sentence."""

    path: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class LargeFile:
    """A file too large to be read at once; `documents.streaming` cleans it block by block."""

    name: str
    path: Path


def read_document(path: Path, name: str = "", columns: Sequence[str] = ()) -> RawDocument:
    """The document at `path`, of a table only these columns; raises DocumentError with one sentence when there is none to read."""
    try:
        data = source_bytes(path)
    except FileNotFoundError:
        raise DocumentError(f"{path}: there is no such file; check the name.") from None
    except FormatError as error:
        raise DocumentError(f"{path}: {error}") from None
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); check the file and its permissions.") from None
    return _from_bytes(data, str(path), name or path.stem, columns)


def not_text(path: str, error: EncodingError) -> str:
    """The sentence about a file whose bytes are no text."""
    return f"{path}: {error}; give a text file in UTF-8, GB18030, Big5 or UTF-16."


def _from_bytes(data: bytes, path: str, name: str, columns: Sequence[str]) -> RawDocument:
    form = format_of(path)
    if form is not None:
        plain, form = form, form.only(columns) if columns else form
        try:
            texts = form.read(data)
            notes = tuple(form.notes(data))
        except FormatError as error:
            raise DocumentError(f"{path}: {error}") from None
        if not texts:
            raise DocumentError(f"{path}: holds no text; nothing to do.")
        kept = data if form.keeps and len(data) <= MOST_KEPT else b""
        chosen = tuple(columns) if form is not plain else ()
        digest = hashlib.sha256(data).hexdigest()
        return RawDocument(name, path, joined(texts), form.name, digest, 0, notes, chosen, kept)
    try:
        decoded = decode(data)
    except EncodingError as error:
        raise DocumentError(not_text(path, error)) from None
    if not decoded.text.strip("\ufeff\x00 \t\r\n\u3000\u00a0"):
        raise DocumentError(f"{path}: the file is empty; nothing to do.")
    digest = hashlib.sha256(data).hexdigest()
    return RawDocument(name, path, decoded.text, decoded.encoding, digest, decoded.lost_bytes)


def find_paths(inputs: Iterable[str]) -> Iterator[Path | Unreadable]:
    """The files that the arguments mean: a file, a directory (its supported files, deep), a glob, or - for stdin."""
    seen: set[Path] = set()
    for argument in inputs:
        for path in _expand(argument):
            if isinstance(path, Unreadable):
                yield path
            elif path not in seen:
                seen.add(path)
                yield path


def _expand(argument: str) -> list[Path | Unreadable]:
    path = Path(argument)
    if argument == "-" or path.is_file():
        return [path]
    if path.is_dir():
        found: list[Path | Unreadable] = [p for p in sorted(path.rglob("*")) if _is_document(p)]
        return found or [
            Unreadable(argument, f"{argument}: the directory holds no documents ({', '.join(_IN_FOLDERS)}).")
        ]
    if glob.has_magic(argument):
        hits: list[Path | Unreadable] = [
            Path(p) for p in sorted(glob.glob(argument, recursive=True)) if Path(p).is_file()
        ]
        return hits or [Unreadable(argument, f"{argument}: no file matches this pattern.")]
    return [path]


def _is_document(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in _IN_FOLDERS and not path.name.startswith(".")


def read_documents(inputs: Iterable[str], columns: Sequence[str] = ()) -> Iterator[RawDocument | Unreadable]:
    """Each document in turn, or the reason why an input gave none. Two files of one stem get distinct names.

    `columns` are the names of those that are read of tables, or of JSON; without any, all are.
    """
    for item in read_or_stream(inputs, MAX_BYTES + 1, columns):
        if isinstance(item, LargeFile):
            limit = MAX_BYTES >> 20
            reason = (
                f"{item.path}: is larger than the {limit} MB taken at once; split it (documents clean takes any size)."
            )
            yield Unreadable(str(item.path), reason)
        else:
            yield item


def read_or_stream(
    inputs: Iterable[str], large_from: int, columns: Sequence[str] = ()
) -> Iterator[RawDocument | Unreadable | LargeFile]:
    """As read_documents, but a file of `large_from` bytes or more is left to be streamed."""
    names: dict[str, int] = {}
    for path in _unpacked(find_paths(inputs)):
        if isinstance(path, Unreadable):
            yield path
            continue
        stem = "stdin" if str(path) == "-" else path.stem
        names[stem] = names.get(stem, 0) + 1
        name = stem if names[stem] == 1 else f"{stem}-{names[stem]}"
        try:
            if path.is_file() and path.stat().st_size >= (large_from if format_of(path) is None else MAX_BYTES + 1):
                yield LargeFile(name, path)
                continue
            if str(path) == "-":
                yield _from_bytes(sys.stdin.buffer.read(), "-", name, columns)
            else:
                yield read_document(path, name, columns)
        except DocumentError as error:
            yield Unreadable(str(path), str(error))


def _unpacked(paths: Iterable[Path | Unreadable]) -> Iterator[Path | Unreadable]:
    """The same with the documents of an archive in its place, each by a path that leads through the archive."""
    for path in paths:
        if isinstance(path, Unreadable) or path.suffix.lower() not in BUNDLES or not path.is_file():
            yield path
            continue
        try:
            if path.stat().st_size > MAX_BYTES:
                yield Unreadable(str(path), f"{path}: is larger than the {MAX_BYTES >> 20} MB taken at once; split it.")
                continue
            found, refused = members(path)
        except (FormatError, OSError) as error:
            reason = error if isinstance(error, FormatError) else f"cannot be read ({error.strerror})."
            yield Unreadable(str(path), f"{path}: {reason}")
            continue
        inside = [member for member in found if member.suffix.lower() in SUFFIXES]
        for name in refused:
            yield Unreadable(f"{path}/{name}", f"{path}: its member {name} leads out of the archive; it is not read.")
        if not inside and not refused:
            yield Unreadable(str(path), f"{path}: the archive holds no documents ({', '.join(SUFFIXES)}).")
        for member in inside:
            if member.suffix.lower() in BUNDLES:
                where = path / member
                yield Unreadable(str(where), f"{where}: is an archive within an archive; unpack it first.")
            else:
                yield path / member
