"""Several processes on one page, in the order in which pages suffer them."""

from __future__ import annotations

import random

from tests.documents.simulation import chrome, glyphs, jammer, junk, pinyin, script, seo, spam, tags
from tests.documents.simulation.page import Article, Noisy, Process

# What is put into the article, what stands around it, what is done to the text, what the copying does to all.
# Each of these must give back the very text that it was given.
_STAGES: tuple[tuple[Process, ...], ...] = (
    (spam.inserts, spam.clauses, spam.paragraphs, spam.paid_marks),
    (chrome.government, chrome.portal, chrome.small_site, chrome.app, seo.heads_and_tails),
    (pinyin.toned, pinyin.toneless, script.mixed_lines, jammer.plain),
    (junk.zero_width, glyphs.radicals_and_marks, tags.soup),
)


def mix(rng: random.Random, article: Article) -> Noisy:
    """One process of each of two to four stages; what must be left is the article."""
    page, jammed = article, False
    for stage in sorted(rng.sample(range(len(_STAGES)), rng.randint(2, len(_STAGES)))):
        process = rng.choice(_STAGES[stage])
        if process is tags.soup and jammed:
            # The jammer is put in when the page is shown, and never cut by tags.
            process = junk.zero_width
        jammed = jammed or process is jammer.plain
        raw = process(rng, page).raw
        title, *rest = raw.split("\n")
        page = Article(title, (), tuple(rest))
    return Noisy(page.text, article.text)
