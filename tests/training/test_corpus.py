"""The corpus to learn from: cleaned, what is held out never handed over, Taiwan wording brought to mainland usage."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from training import corpus
from translate.engines.quotes import closed_quotes


def _written(path: Path, rows: list[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)


_ASIDE = [
    ("中华民国的法律。", "Laws of the Republic of China."),
    ("台湾的海关。", "The customs of Taiwan."),
    ("中华人民共和国的法律。", "Laws of the People's Republic of China."),
    ("他谈到“一带一路”。", 'He spoke of the " Belt and Road " in "Xinjiang".'),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    law = []
    for statute in range(300):
        law.append((f"本办法依第{statute}号法律制定之。", f"These Regulations are enacted under Act No. {statute}."))
        law += [
            (f"第{statute}号资讯之公开，第{n}款。", f"Disclosure of information {statute}, item {n}.")
            for n in range(25)
        ]
    _written(tmp_path / "corpus" / "tw_law.tsv.xz", law)
    general = [(f"信息 {n} 在这里公布了。", f"Information {n} was published here.") for n in range(3000)]
    _written(
        tmp_path / "corpus" / "news.tsv.xz", [*general, ("一", ""), ("没有译出的句子。", "没有译出的句子。"), *_ASIDE]
    )
    _written(tmp_path / "terms" / "naer_cross_strait.tsv.xz", [("一般", "information", "資訊", "信息；情报")])
    return tmp_path / "corpus"


def test_what_is_held_out_is_never_learned_from(folder: Path) -> None:
    law, general = corpus.held_out(folder)
    learned = {pair.chinese for pair in corpus.pairs(folder)}
    assert law and general
    assert not learned & {pair.chinese for pair in (*law, *general)}
    # Whole statutes: first sentence and all that follow it.
    assert len(law) % 26 == 0


def test_taiwan_wording_becomes_that_of_the_mainland(folder: Path) -> None:
    laws = [pair.chinese for pair in corpus.pairs(folder) if pair.source == corpus.LAW]
    assert any("信息之公开" in law for law in laws) and not any("资讯" in law for law in laws)


def test_untranslated_and_empty_pairs_are_left_out(folder: Path) -> None:
    assert not [pair for pair in corpus.pairs(folder) if "没有译出" in pair.chinese or not pair.english]


def test_what_speaks_of_taiwan_is_left_out_and_of_china_is_not(folder: Path) -> None:
    learned = {pair.english for pair in corpus.pairs(folder)}
    assert "Laws of the People's Republic of China." in learned
    assert not any("the Republic of China" in english or "Taiwan" in english for english in learned)


def test_no_blanks_are_learned_within_quotation_marks(folder: Path) -> None:
    assert 'He spoke of the "Belt and Road" in "Xinjiang".' in {pair.english for pair in corpus.pairs(folder)}
    assert closed_quotes('15" wide') == '15" wide'


def test_a_missing_corpus_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="needed to train, not to run"):
        list(corpus.pairs(tmp_path))


def test_overlap_counts_sentences_that_share_half_of_their_eight_grams(folder: Path) -> None:
    known = next(corpus.pairs(folder)).chinese
    texts = [known, "这一句与语料库里的任何句子都没有共同之处。"]
    assert corpus.overlapping(texts, folder) == [known]
