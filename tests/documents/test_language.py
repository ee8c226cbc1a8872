"""In what a document is written, from a stretch of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents import clean, read_document
from documents.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("海关总署与国际原子能机构签署协议，开展核安保培训。", "simplified"),
        ("海關總署與國際原子能機構簽署協議，開展核安保培訓。", "traditional"),
        ("海关总署与国际原子能机构签署协议。海關總署與國際原子能機構簽署協議。", "mixed"),
        ("海关总署与国际原子能机构签署协议，乾隆年间的史料。", "simplified"),
        ("The General Administration of Customs signed it with 国际原子能机构.", "english"),
        (
            "海关总署（General Administration of Customs）与国际原子能机构（IAEA）签署协议，开展核安保培训合作项目。",
            "simplified",
        ),
        ("国際原子力機関は東京で会議を開いた。", "other"),
        ("국제원자력기구는 서울에서 회의를 열었다.", "other"),
        ("МАГАТЭ провело заседание в Вене", "other"),
        ("2013 — 97 % ……", "none"),
        ("", "none"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of(text) == language


def test_the_script_is_that_of_the_raw_text() -> None:
    raw = "海關總署與國際原子能機構簽署協議。"
    cleaned = clean(raw).text
    assert cleaned == "海关总署与国际原子能机构签署协议。"
    assert (language_of(cleaned, raw), language_of(cleaned)) == ("traditional", "simplified")


def test_the_samples(seeds: Path) -> None:
    found = []
    for path in sorted(seeds.glob("*.txt")):
        raw = read_document(path).text
        found.append(language_of(clean(raw).text[:2_000], raw[:4_000]))
    assert found == ["simplified", "simplified", "traditional", "traditional", "simplified"]
