"""Every noise process, simulated over many sentences: noise(clean) is cleaned again, and nothing else is lost."""

from __future__ import annotations

import os
import random

import pytest

import documents
from documents.edits import undo, write_ledger
from tests.documents.simulation import PROCESSES, sentences
from tests.documents.simulation.page import Noisy
from tests.documents.simulation.scoring import Tally, folded

# More of them by `python -m benchmarks.fuzzing`, and real sentences by benchmarks/cleaning_simulated.py.
PAGES = 50 if os.environ.get("ZHENGMING_FUZZ") == "thorough" else 20
# Byte-level damage takes longer to read, and some of it is past restoring: then the floor is lower.
FEWER = {"pinyin misaligned": 8}
FLOORS = {
    "symbols in names": (0.995, 0.99),
    "letters and digits in names": (0.995, 0.99),
    "rare characters in words": (0.995, 0.985),
    "pinyin misaligned": (0.99, 0.985),
    "UTF-8 as GBK": (0.95, 0.92),
    "GBK as Latin-1": (0.97, 0.95),
    "Big5 and GBK": (0.8, 0.8),
}
USUAL = (0.995, 0.99)


def page(name: str, seed: int) -> Noisy:
    rng = random.Random(f"{name} {seed}")
    return PROCESSES[name](rng, sentences.article(rng))


def offered(noisy: Noisy, clean: documents.CleanText) -> int:
    """How many of the texts that a person should be offered are offered (all doubts of a line taken together count)."""
    texts = set()
    for proposal in clean.proposals:
        start = noisy.raw.rfind("\n", 0, proposal.start) + 1
        end = noisy.raw.find("\n", proposal.end)
        line = noisy.raw[start : end if end >= 0 else len(noisy.raw)]
        texts.add(line[: proposal.start - start] + proposal.replacement + line[proposal.end - start :])
        masks = [other for other in clean.proposals if other.kind == "censored" and other.replacement == "党"]
        places = {other.start - start for other in masks}
        texts.add("".join("党" if at in places else char for at, char in enumerate(line)))
    return sum(wanted in texts for wanted in noisy.proposed)


@pytest.mark.parametrize("name", PROCESSES)
def test_simulated_noise_goes_and_the_text_stays(name):
    tally = Tally()
    wanted = found = 0
    for seed in range(min(PAGES, FEWER.get(name, PAGES))):
        noisy = page(name, seed)
        clean = documents.clean(noisy.raw)
        tally.add(noisy.raw, clean.text, noisy.clean)
        wanted += len(noisy.proposed)
        found += offered(noisy, clean)
    recall, precision = FLOORS.get(name, USUAL)
    assert tally.recall >= recall
    assert tally.precision >= precision
    assert found >= 0.95 * wanted


@pytest.mark.parametrize("name", PROCESSES)
def test_cleaning_a_simulated_page_is_idempotent_and_can_be_undone(name):
    for seed in range(2):
        noisy = page(name, seed)
        clean = documents.clean(noisy.raw)
        assert undo(clean.text, write_ledger(clean)) == noisy.raw
        assert documents.clean(clean.text).text == clean.text


def test_articles_without_noise_lose_nothing():
    for seed in range(6 * PAGES):
        article = sentences.article(random.Random(seed))
        assert folded(documents.clean(article.text).text) == folded(article.text)


def test_an_article_is_the_same_for_the_same_seed():
    assert sentences.article(random.Random(5)) == sentences.article(random.Random(5))
    assert page("mix", 3) == page("mix", 3)


@pytest.mark.parametrize(
    "text",
    [
        "占总值的3%左右，与会代表A、B两组共12人。",
        "不管你喜欢与否，每个人都在看领导的所作所为。",
        "设置 2.4GHz 及 5GHz 频段的设备，应当经过检验。",
        "科长二十四人，编审十四人，专员四十二人，职位均列第六职等，其中编审七人；",
        "要放在每个页面顶部的文字，作为 <h1> （一个字符串），由管理员填写。",
        "占位符 {{ name }} 会被替换为姓名，其余不变。",
        "维护：加强区内土地使用及建筑管理，以保持其良好状况。",
        "IPv6 地址规范化遵循国际标准，由各单位自行实施。",
    ],
)
def test_sentences_that_look_like_noise_stay(text):
    page = f"口岸工作动态与案例选编\n该负责人介绍了情况。\n{text}\n下一步，将继续加强监管。"
    assert folded(documents.clean(page).text) == folded(page)
    assert folded(documents.clean(text).text) == folded(text)


def test_a_page_of_a_hijacked_site_loses_its_key_words_and_lost_blanks():
    raw = (
        "在线观看国产精品,欧美日韩视频,久久激情网,亚洲无码高清,彩票开户平台\n"
        "當前位置:首頁 >>質檢快訊\n計量組織負責人聯(lián)合發(fā)布致辭\n"
        "2025年04月19日 14:44????信息來源:某某監(jiān)管報\n近日,兩位局長聯(lián)合發(fā)表致辭,紀念公約簽署。"
    )
    assert documents.clean(raw).text == (
        "计量组织负责人联合发布致辞\n2025年04月19日 14:44信息来源:某某监管报\n近日,两位局长联合发表致辞,纪念公约签署。"
    )
