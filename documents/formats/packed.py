"""Opening what is packed as a zip (docx, pptx, xlsx, epub, odt) within limits that hold whatever the file claims."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping

from documents.formats.base import FormatError

# Members, bytes of one and of all together unpacked, and how much larger than its packed form a large one may be.
MOST_MEMBERS = 10_000
LARGEST = 64 * 1024 * 1024
MOST_BYTES = 256 * 1024 * 1024
_RATIO, _SMALL = 200, 4 * 1024 * 1024
_PIECE = 256 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    ValueError,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    KeyError,
    zlib.error,
    lzma.LZMAError,
)


def member_name(entry: zipfile.ZipInfo) -> str:
    """The path of a member. Windows packs Chinese names in GBK without saying so, which zipfile reads as code page 437."""
    name = entry.orig_filename
    if entry.flag_bits & 0x800:
        return name
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return name


class Package:
    """A zip file in memory: its members are read when asked for, each checked on the way.

    `named` tells the name under which a member is known.
    """

    def __init__(self, data: bytes, named: Callable[[zipfile.ZipInfo], str] = lambda entry: entry.filename) -> None:
        self._sizes: dict[str, int] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = {named(member): member for member in self._zip.infolist()}
        except _BROKEN:
            raise FormatError("is damaged or cut short; get it again.") from None
        if len(self._members) > MOST_MEMBERS:
            raise FormatError(f"holds more than {MOST_MEMBERS:,} parts; it is not read.")
        if any(member.flag_bits & 1 for member in self._members.values()):
            raise FormatError("is protected with a password; save it without one.")

    @property
    def names(self) -> list[str]:
        """The names of the members, in the order of the file."""
        return list(self._members)

    def has(self, name: str) -> bool:
        """Whether there is such a member."""
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises FormatError if there is none, it is broken, or larger than the limits."""
        member = self._members.get(name)
        if member is None:
            raise FormatError(f"lacks its part {name}; it is damaged, or another kind of file.")
        pieces: list[bytes] = []
        size = 0
        others = sum(self._sizes.values()) - self._sizes.get(name, 0)
        try:
            with self._zip.open(member) as file:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    if size > LARGEST or others + size > MOST_BYTES:
                        raise FormatError("unpacks to more than is read at once; split it.")
                    if size > _SMALL and size > _RATIO * max(1, member.compress_size):
                        raise FormatError("unpacks without end; it is not read.")
                    pieces.append(piece)
        except FormatError:
            raise
        except _BROKEN:
            raise FormatError("is damaged or cut short; get it again.") from None
        self._sizes[name] = size
        return b"".join(pieces)

    def replaced(self, parts: Mapping[str, bytes]) -> bytes:
        """The same package with other bytes in some members; order, names and times stay."""
        out = io.BytesIO()
        try:
            with zipfile.ZipFile(out, "w") as written:
                for name, member in self._members.items():
                    kept = zipfile.ZipInfo(name, member.date_time)
                    kept.compress_type = member.compress_type if member.compress_type in (0, 8) else 8
                    kept.external_attr, kept.create_system = member.external_attr, member.create_system
                    written.writestr(kept, parts[name] if name in parts else self.read(name))
        except FormatError:
            raise
        except _BROKEN:
            raise FormatError("is damaged or cut short; get it again.") from None
        return out.getvalue()
