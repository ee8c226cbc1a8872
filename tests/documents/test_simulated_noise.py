"""Every noise process, simulated over thousands of sentences: noise(clean) is cleaned again, and nothing else is lost."""

from __future__ import annotations

import random

import pytest

import documents
from documents.edits import undo, write_ledger
from tests.documents.simulation import PROCESSES, sentences
from tests.documents.simulation.page import Noisy
from tests.documents.simulation.scoring import Tally, folded

PAGES = 50
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
    for seed in range(FEWER.get(name, PAGES)):
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
    for seed in range(300):
        article = sentences.article(random.Random(seed))
        assert folded(documents.clean(article.text).text) == folded(article.text)


def test_an_article_is_the_same_for_the_same_seed():
    assert sentences.article(random.Random(5)) == sentences.article(random.Random(5))
    assert page("mix", 3) == page("mix", 3)
