"""The draft: both languages as words, its tables, its search, and the engine with its model."""

from __future__ import annotations

import dataclasses
import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.engines import EngineError
from translate.engines.draft import DraftEngine
from translate.engines.draft.choices import offered, units_of
from translate.engines.draft.decode import Choices, Search, Weights
from translate.engines.draft.engine import MODEL, Draft
from translate.engines.draft.tables import PhraseTable, Table, load, phrase_columns, phrase_hash, table_of
from translate.engines.draft.words import CLASSES, DAY, NUMBER, ORDINAL, PERCENT, TIME, chinese, english, written
from translate.engines.gloss.segment import shared_segmenter
from translate.engines.taiwan import is_of_taiwan


@pytest.fixture(scope="module")
def engine() -> DraftEngine:
    return DraftEngine()


def test_figures_and_dates_become_classes_that_name_their_chinese() -> None:
    source = chinese("2016年3月18日，第15届会议宣布进口增长5.3%，达2.15亿元。")
    words, links = english(
        "On March 18, 2016 the 15th meeting announced that imports grew by 5.3 per cent to 215 million yuan.", source
    )
    assert [word for word in words if word in CLASSES] == [DAY, ORDINAL, PERCENT, NUMBER]
    assert [source[at].literal for at in links] == ["2016年3月18日", "15", "5.3%", "2.15亿"]


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u2009"])
def test_figures_set_off_by_blanks_are_the_same_figures(blank: str) -> None:
    airy = "自 2016 年 3 月 18 日起，到 2020 年，有 200 万人、第 3 条和 5% 的".replace(" ", blank)
    assert [word.key for word in chinese(airy)] == [word.key for word in chinese(airy.replace(blank, ""))]
    assert [word.key for word in chinese(airy) if word.key in CLASSES] == [DAY, TIME, NUMBER, NUMBER, PERCENT]


def test_a_figure_that_the_english_lacks_stays_a_word() -> None:
    words, links = english("It rose by 7 points.", chinese("上升5点。"))
    assert "7" in words and links == []


def test_points_of_names_and_chinese_dashes_are_written_as_english_has_them() -> None:
    assert written("Vladimir · Putin - - and / or".split()) == "Vladimir Putin - and/or"


@pytest.mark.parametrize(
    "text",
    ["An office and a university", "A hotel, an hour", "an IAEA office", "a WTO rule", "a 5% rise, an 8-year plan"],
)
def test_the_article_goes_with_what_follows(text: str) -> None:
    wrong = ["a" if word.lower() == "an" else word for word in english(text)[0]]
    assert written(english(text)[0]).lower() == text.lower()
    if "IAEA" not in text:
        assert written(wrong).lower() == text.lower()


@given(st.lists(st.sampled_from("the Customs ( ) , . well @-@ known “ ” 's n't 5 %".split()), min_size=1, max_size=12))
def test_written_english_has_no_space_where_none_belongs(words: list[str]) -> None:
    text = written(words)
    assert not re.search(r" [,.)%]|\( |  |^ ", text)
    assert "".join(text.lower().split()) == "".join(
        {"@-@": "-", "“": '"', "”": '"'}.get(word, word) for word in words
    ).lower().replace(" ", "")


@given(st.sets(st.integers(0, 2**64 - 1), min_size=1, max_size=200), st.integers(0, 2**64 - 1))
@settings(max_examples=50)
def test_a_table_finds_what_it_holds(hashes: set[int], other: int) -> None:
    keys = np.array(sorted(hashes), np.uint64)
    offsets, prints, order = table_of(keys, np.uint32)
    place = Table(offsets, prints).find(keys)
    column = np.arange(len(keys))[order]
    # Two keys may share bucket and fingerprint; the place is then that of the first.
    same = [(int(key) % (len(offsets) - 1), int(key) >> 32) for key in keys]
    assert all(same[column[at]] == same[number] for number, at in enumerate(place))
    if other not in hashes and (other % (len(offsets) - 1), other >> 32) not in same:
        assert Table(offsets, prints).find(np.array([other], np.uint64))[0] == -1


def test_phrases_come_back_with_their_words_and_scores() -> None:
    phrases = {"海关": [((20, 21), -0.5), ((22,), -1.0)], "总署": [((23, 24, 25), -0.25)]}
    entries = [entry for found in phrases.values() for entry in found]
    columns, _ = phrase_columns(
        np.array([phrase_hash(name) for name in phrases], np.uint64),
        np.array([len(found) for found in phrases.values()]),
        np.array([len(words) for words, _ in entries]),
        np.concatenate([words for words, _ in entries]),
        np.array([[score, 2 * score] for _, score in entries]),
        np.log10(np.full((len(entries), 3), (0.7, 0.05, 0.25))),
    )
    table = PhraseTable(columns)
    found = table.look_up(["总署", "没有", "海关"], "law")
    got = {
        (int(owner), tuple(words[:length]), round(float(score), 2))
        for owner, words, length, score in zip(
            found.owner, found.words.tolist(), found.lengths, found.scores, strict=True
        )
    }
    assert got == {(0, (23, 24, 25), -0.5), (2, (20, 21), -1.0), (2, (22,), -2.0)}


class _Likes:
    """A language model that likes one order of words."""

    def __init__(self, *pairs: tuple[int, int]) -> None:
        self._pairs = pairs

    def score(self, words: np.ndarray, one: np.ndarray, two: np.ndarray, three: np.ndarray) -> np.ndarray:
        liked = [(int(a), int(b)) in self._pairs for a, b in zip(one, words, strict=True)]
        return np.where(liked, 0.0, -3.0).astype(np.float32)


def _single(units: int) -> Choices:
    at = np.arange(units)
    return Choices(
        units,
        at,
        at + 1,
        at + 1,
        at + 1,
        at[:, None] + 10,
        at * 0 + 1,
        np.zeros(units, np.float32),
        np.zeros((units, 3), np.float32),
        at * 0,
        np.zeros(units + 1, int),
    )


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1)])
def test_the_search_puts_phrases_where_the_model_wants_them(order: tuple[int, ...]) -> None:
    likes = [(1, order[0] + 10), *((a + 10, b + 10) for a, b in itertools.pairwise(order))]
    assert tuple(Search(_Likes(*likes), Weights(model=1.0)).best(_single(3))) == order  # type: ignore[arg-type]


@given(st.integers(1, 12), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_every_unit_is_rendered_once(units: int, chance) -> None:  # type: ignore[no-untyped-def]
    likes = [(chance.randrange(10, 10 + units), chance.randrange(10, 10 + units)) for _ in range(units)]
    best = Search(_Likes(*likes), Weights(model=1.0, open_gap=-0.1, gap=0)).best(_single(units))  # type: ignore[arg-type]
    assert sorted(best) == list(range(units))


def test_a_phrase_stands_around_what_it_is_said_before() -> None:
    # 在 0, 海关 1, 总署 2, 时 3, 了 4: one phrase for 在 … 时, whose gap is rendered next, in its order.
    plain = _single(5)
    around = {"start": 0, "end": 4, "hole": 1, "resume": 3, "words": [30], "lengths": 1, "scores": 2.0}
    columns = {
        field.name: np.concatenate([[around.get(field.name, np.zeros_like(column[0]))], column])
        for field in dataclasses.fields(Choices)
        if field.name not in ("units", "walls")
        for column in [getattr(plain, field.name)]
    }
    choices = dataclasses.replace(plain, **columns)
    likes = _Likes((30, 11), (11, 12), (12, 14))
    assert Search(likes, Weights(model=1.0, around=0.0)).best(choices) == [0, 2, 3, 5]  # type: ignore[arg-type]
    tempted = _Likes((30, 14), (14, 11), (11, 12))
    assert Search(tempted, Weights(model=1.0, around=0.0)).best(choices)[:2] == [0, 2]  # type: ignore[arg-type]
    shunned = Search(_Likes(), Weights(model=1.0, around=-20.0)).best(choices)  # type: ignore[arg-type]
    assert sorted(shunned) == [1, 2, 3, 4, 5]


def test_a_phrase_in_two_parts_is_offered_around_others_but_not_across_punctuation() -> None:
    model, segmenter = load(MODEL), shared_segmenter()

    def around(text: str) -> set[tuple[str, str]]:
        units = units_of(chinese(text))
        found = offered(units, model, "general", segmenter)
        chosen = found.choices
        return {
            ("".join(unit.text for unit in units[hole:resume]), " ".join(english))
            for hole, resume, english in zip(chosen.hole, chosen.resume, found.english, strict=True)
            if hole < resume
        }

    assert ("进口货物", "when") in around("在进口货物时")
    assert not around("在进口，货物时")


def test_the_draft_reads_like_english(engine: DraftEngine) -> None:
    assert engine.translate(["本法自公布日施行。"])[0].startswith("This Act shall")
    drafted = engine.translate(["违反第二十条第三项规定者，处罚款。"])[0].lower()
    assert "article 20" in drafted and "paragraph 3" in drafted


def test_names_figures_and_dates_stand_as_given(engine: DraftEngine) -> None:
    text = "2016年3月18日，⟦World Customs Organization⟧宣布，进口增长5.3%，达2.15亿元。"
    drafted = engine.translate([text])[0]
    for wanted in ("World Customs Organization", "5.3%", "215 million", "18 March 2016"):
        assert wanted in drafted


def test_lines_blanks_and_what_is_not_chinese_stay(engine: DraftEngine) -> None:
    assert engine.translate(["", "  ", "你好。\n你好。"])[:2] == ["", ""]
    assert engine.translate(["你好。\n你好。"])[0].count("\n") == 1
    assert engine.translate(["IAEA"]) == ["IAEA"]


def test_a_day_is_on_and_a_year_in(engine: DraftEngine) -> None:
    assert "on 18 march 2016" in engine.translate(["会议于2016年3月18日举行。"])[0].lower()
    assert "in 2016" in engine.translate(["会议于2016年举行。"])[0].lower()


def test_a_name_that_the_table_knows_is_not_spelt_anew(engine: DraftEngine) -> None:
    assert "John" in engine.translate(["由约翰签署。"])[0]


def test_what_taiwans_statutes_say_is_not_said_of_other_texts(engine: DraftEngine) -> None:
    ours = engine.translate(
        ["进一步促进了我国与该地区国家的合作。", "在我国境内设立机构。", "⟦Nuclear Act⟧由我国制定。"]
    )
    assert not [text for text in ours if is_of_taiwan(text)]
    theirs = engine.translate(["中华民国海关表示欢迎。", "臺灣的企業。", "⟦Taiwan Strait⟧的船。"])
    assert all(map(is_of_taiwan, theirs))
    assert not is_of_taiwan("The People's Republic of China's customs in Taichung")


def test_law_is_told_from_news() -> None:
    register = load(MODEL).register
    assert register.kind("违反前项规定者，处新台币三万元以上十五万元以下罚锾。") == "law"
    assert register.kind("他说，我们很高兴看到这么多朋友来到这里。") == "general"
    assert register.kind("海关总署与国家核安全局签署合作协议") == "general"
    assert register.kind("") == "general"


def test_an_unknown_name_is_spelt_and_an_unknown_character_kept(engine: DraftEngine) -> None:
    assert "Zhang Jianjun" in engine.translate(["张建军表示欢迎。"])[0]
    assert engine.translate(["𠮷"])[0]


@given(st.text("海关总署2016年第条。，的“”A5%万亿⟦⟧\n ", max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_text_of_as_many_lines(engine: DraftEngine, text: str) -> None:
    drafted = engine.translate([text])[0]
    assert drafted.count("\n") == text.count("\n")


def test_a_long_list_without_a_stop_is_drafted(engine: DraftEngine) -> None:
    assert len(engine.translate(["、".join(["海关总署"] * 200)])[0]) > 1000


def test_a_model_that_is_missing_or_broken_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert not DraftEngine(tmp_path).readiness().ready
    (tmp_path / "words.txt").write_text("the")
    with pytest.raises(EngineError, match="its model cannot be read"):
        DraftEngine(tmp_path).translate(["你好"])


def test_a_draft_names_the_phrases_that_it_is_put_together_from(engine: DraftEngine) -> None:
    text = "双方签署合作协议。\n2016年3月18日，⟦GACC⟧加强国际合作。"
    [draft] = engine.drafts([text])
    assert draft.english == engine.translate([text])[0]
    said = dict(draft.phrases)
    assert all(chinese in text and len(chinese) > 1 for chinese in said)
    assert "cooperation" in " ".join(said.values()) and not re.search(r"\d|GACC", str(draft.phrases))
    assert engine.drafts([""])[0] == Draft("", ())


def test_titles_stand_in_quotation_marks(engine: DraftEngine) -> None:
    bare, given = engine.translate(["双方签署了《会谈纪要》。", "根据《⟦Customs Rules⟧》，双方合作。"])
    assert re.search(r'"[^"]*minutes[^"]*"\.$', bare) and '"Customs Rules"' in given
    assert not re.search(r"2020|Started|Tour|full", bare + given)
