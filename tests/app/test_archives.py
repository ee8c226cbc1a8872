"""What may come in as a file: archives within limits, and nothing that only claims to be a text."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import pytest

from app import archives
from app.archives import Refusal, Upload, admitted

TEXT = "海关总署发布公告。".encode()


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], name: str = "a.zip") -> Upload:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            archive.writestr(member, data)
    return Upload(name, out.getvalue())


def told(*uploads: Upload) -> dict[str, str]:
    """What became of each file: "" for one that is taken in, else why it is not."""
    found = {}
    for item in admitted(uploads):
        found[item.name] = item.reason.format(**item.values) if isinstance(item, Refusal) else ""
    return found


def test_texts_of_an_archive_are_taken_and_named_after_it() -> None:
    assert told(packed(("a.txt", TEXT), ("文件/b.TXT", TEXT))) == {"a.zip/a.txt": "", "a.zip/文件/b.TXT": ""}


def test_names_that_windows_packed_are_read() -> None:
    data = packed(("xxxx.txt", TEXT)).data
    name = "海关".encode("gbk")
    assert told(Upload("a.zip", data.replace(b"xxxx", name))) == {"a.zip/海关.txt": ""}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../etc/passwd.txt", "leads out"),
        ("/etc/passwd.txt", "leads out"),
        ("C:\\x.txt", "leads out"),
        ("..\\x.txt", "leads out"),
        ("inner.zip", "archive inside"),
        ("x.tar.gz", "archive inside"),
        ("run.exe", "of no kind that is read"),
        (".DS_Store", "of no kind that is read"),
    ],
)
def test_a_member_that_is_refused_does_not_stop_the_others(name: str, why: str) -> None:
    found = told(packed((name, TEXT), ("good.txt", TEXT)))
    assert found.pop("a.zip/good.txt") == ""
    [reason] = found.values()
    assert why in reason


def test_links_encrypted_and_damaged_members_are_refused() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "a link" in told(packed((link, b"/etc/passwd")))["a.zip/link.txt"]
    data = bytearray(packed(("a.txt", TEXT)).data)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "encrypted" in told(Upload("a.zip", bytes(data)))["a.zip/a.txt"]
    data = bytearray(packed(("a.txt", TEXT)).data)
    data[38] ^= 0xFF
    assert "damaged" in told(Upload("a.zip", bytes(data)))["a.zip/a.txt"]
    assert "damaged" in told(Upload("a.zip", b"no archive"))["a.zip"]
    assert "empty archive" in told(packed())["a.zip"]


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed(("zeros.txt", bytes(20 << 20)), ("good.txt", TEXT))
    assert len(bomb.data) < 100_000
    found = told(bomb)
    assert "more than 100 times" in found["a.zip/zeros.txt"] and found["a.zip/good.txt"] == ""
    assert "ZIP archive" in told(Upload("bomb.txt", bomb.data))["bomb.txt"]


def test_a_member_that_lies_about_its_size_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST", 3000)
    monkeypatch.setattr(archives, "_SMALL", 10_000)
    data = bytearray(packed(("a.txt", bytes(range(256)) * 20)).data)
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    [reason] = told(Upload("a.zip", bytes(data))).values()
    assert "damaged" in reason or "larger" in reason
    assert "larger" in told(packed(("b.txt", bytes(range(256)) * 20)))["a.zip/b.txt"]


def test_too_many_too_much_and_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    assert "more than 3 files" in told(packed(*((f"{n}.txt", TEXT) for n in range(4))))["a.zip"]
    found = told(*(Upload(f"{n}.txt", TEXT) for n in range(6)))
    assert list(found.values())[:3] == ["", "", ""] and "more than 3 files" in found["3.txt"] and len(found) == 4
    monkeypatch.setattr(archives, "MOST_BYTES", 2 << 20)
    found = told(*(Upload(f"{n}.txt", b"a" * (1 << 20)) for n in range(3)))
    assert "more than 2 MB" in found["2.txt"]
    assert "larger than 50 MB" in told(Upload("a.txt", bytes(archives.LARGEST + 1)))["a.txt"]
    assert told(Upload("a.txt", b"a" * 100)) == {"a.txt": ""}


def test_a_long_directory_is_not_even_read() -> None:
    data = bytearray(packed(("a.txt", TEXT)).data)
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 40 << 20)
    assert "more than" in told(Upload("a.zip", bytes(data)))["a.zip"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
        (b"{\\rtf1", "a rich-text document"),
        (b"\x1f\x8b\x08" + zlib.compress(b"x"), "a compressed file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x7fELF\x02", "a program"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a program"),
        (b"SQLite format 3\x00", "a database"),
    ],
)
def test_other_files_named_as_texts_are_known_by_how_they_begin(data: bytes, kind: str) -> None:
    assert f"is {kind}, not text" in told(Upload("x.txt", data))["x.txt"]


def test_a_text_may_begin_like_a_program() -> None:
    assert told(Upload("x.txt", "MZ表示程序。".encode()))["x.txt"] == ""
