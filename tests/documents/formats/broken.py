"""Files of a format cut short, with bytes flipped, or no files of it at all: nothing but FormatError may come of them."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Iterator

from documents.formats.base import Format, FormatError, Mark, Text

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def check_broken(made: Format, good: bytes, tries: int = 120) -> None:
    """Read and fill broken forms of `good`; what is read keeps to the contract."""
    for data in broken(good, tries):
        with contextlib.suppress(FormatError):
            texts = made.read(data)
            assert all(text.text.strip() and not set(LINE_ENDS) & set(text.text) for text in texts)
            assert all(0 <= mark.start <= mark.end <= len(text.text) for text in texts for mark in text.marks)
            assert all(len({mark.code for mark in text.marks}) == len(text.marks) for text in texts)
            assert made.fill(data, dict(enumerate(texts))) == made.fill(data, {})
        with contextlib.suppress(FormatError):
            made.fill(
                data, {number: Text("=\x00\ud800 English", (Mark(-5, 99, 0), Mark(4, 2, 1))) for number in range(20)}
            )


def broken(good: bytes, tries: int) -> Iterator[bytes]:
    """Truncations, flipped bytes, and bytes at random; of a package also with its members broken."""
    chance = random.Random(4)
    for _ in range(tries):
        yield good[: chance.randrange(len(good))]
        flipped = bytearray(good)
        for _ in range(chance.choice((1, 1, 5, 50))):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        yield bytes(flipped)
    yield from (chance.randbytes(size) for size in (0, 1, 10, 1000))
    if zipfile.is_zipfile(io.BytesIO(good)):
        for _ in range(tries):
            yield _broken_member(good, chance)


def _broken_member(good: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as was, zipfile.ZipFile(out, "w") as now:
        victim = chance.choice(was.namelist())
        for name in was.namelist():
            data = was.read(name)
            if name == victim:
                data = chance.choice(
                    (data[: len(data) // 2], b"<a/>", b"", data.replace(b"1", b"-7"), _swapped(data, chance))
                )
            now.writestr(name, data)
    return out.getvalue()


def _swapped(data: bytes, chance: random.Random) -> bytes:
    """The XML with one word of it in the place of another."""
    words = data.split(b" ")
    words[chance.randrange(len(words))] = chance.choice(words)
    return b" ".join(words)


def packed(parts: dict[str, str]) -> bytes:
    """A zip of parts, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
