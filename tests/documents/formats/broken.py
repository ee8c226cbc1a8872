"""Files of a format cut short, with bytes flipped, or no files of it at all: nothing but FormatError may come of them."""

from __future__ import annotations

import contextlib
import io
import os
import random
import zipfile
from collections.abc import Iterator

from documents.formats.base import LINE_ENDS, Format, FormatError, Mark, Text

# One damaged file in so many is tried; all of them by `python -m benchmarks.fuzzing`.
ONE_IN = 1 if os.environ.get("ZHENGMING_FUZZ") == "thorough" else 3


def check_broken(made: Format, good: bytes, tries: int = 120) -> None:
    """Read and fill broken forms of `good`; what is read keeps to the contract."""
    for data in broken(good, tries // ONE_IN):
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


def outcome(made: Format, data: bytes) -> list[Text]:
    """Read and fill, and what was read; FormatError is the only error that may come of it."""
    try:
        texts = made.read(data)
        made.fill(data, {number: Text("English " + text.text, text.marks) for number, text in enumerate(texts)})
        # Marks that lie beyond their text.
        made.fill(data, {number: Text("x", text.marks) for number, text in enumerate(texts)})
    except FormatError:
        return []
    return texts


def check_damaged(made: Format, good: bytes, step: int, flips: int) -> None:
    """Forms of `good` cut at every `step` bytes, with bytes flipped, and bytes at random: read, filled, or refused."""
    chance = random.Random(7)
    tries = [good[:cut] for cut in range(0, len(good), step)]
    tries += [flipped(good, chance, chance.randint(1, 8)) for _ in range(flips)]
    tries += [chance.randbytes(chance.randrange(400)) for _ in range(100)]
    for data in tries[::ONE_IN]:
        assert not any(set(LINE_ENDS) & set(text.text) for text in outcome(made, data))


def flipped(good: bytes, chance: random.Random, times: int) -> bytes:
    """`good` with so many bytes that are others."""
    data = bytearray(good)
    for _ in range(times):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def broken(good: bytes, tries: int) -> Iterator[bytes]:
    """Truncations, flipped bytes, and bytes at random; of a package also with its members broken."""
    chance = random.Random(4)
    for _ in range(tries):
        yield good[: chance.randrange(len(good))]
        yield flipped(good, chance, chance.choice((1, 1, 5, 50)))
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
