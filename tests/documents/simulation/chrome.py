"""Page chrome of many kinds of sites around (never inside) an article: what each site prints differs every time."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.documents.simulation import chrome_wording as w
from tests.documents.simulation import platform_wording as platforms
from tests.documents.simulation.page import Article, Noisy, some

_Lines = list[str]


def _page(head: _Lines, article: Article, tail: _Lines, fields: str = "") -> Noisy:
    """Head and tail around the article; `fields` are counters glued behind the last by-line."""
    lines = article.lines
    if fields and article.by_lines:
        at = len(article.by_lines)
        lines[at] = f"{lines[at]}{fields}"
    return Noisy("\n".join([*head, *lines, *tail]), article.text)


def _shuffled(rng: random.Random, parts: list[Callable[[random.Random], _Lines]], least: int) -> _Lines:
    found: _Lines = []
    for part in rng.sample(parts, rng.randint(least, len(parts))):
        found += part(rng)
    return found


def government(rng: random.Random, article: Article) -> Noisy:
    head = _shuffled(rng, [w.site_header, w.navigation_line, w.service_bar, w.search_box, w.today], 2)
    head += w.breadcrumb(rng)
    tail = [
        *w.attachments_and_buttons(rng),
        *_shuffled(rng, [w.share_bar, w.neighbours, w.related_links], 1),
        *w.friend_links(rng),
        *w.legal_footer(rng),
    ]
    return _page(head, article, tail, w.field_counters(rng))


def portal(rng: random.Random, article: Article) -> Noisy:
    head = [*_shuffled(rng, [w.navigation_lines, w.login_box, w.search_box, w.site_header], 1), *w.breadcrumb(rng)]
    tail = _shuffled(rng, [w.share_bar, w.keywords_line, w.neighbours, w.mood_bar], 2)
    tail += _shuffled(rng, [w.related_titles, w.ranking, w.comment_box, w.hot_tags], 2)
    tail += w.disclaimer(rng) + w.legal_footer(rng)
    return _page(head, article, tail, w.field_counters(rng))


def small_site(rng: random.Random, article: Article) -> Noisy:
    head = _shuffled(rng, [w.phone_header, w.service_bar, w.navigation_lines], 1) + w.breadcrumb(rng)
    tail = _shuffled(rng, [w.share_bar, w.neighbours, w.ranking_stub, w.attachments_and_buttons], 2)
    tail += w.contact_footer(rng) + w.legal_footer(rng)
    return _page(head, article, tail, w.field_counters(rng))


def forum(rng: random.Random, article: Article) -> Noisy:
    head = [*platforms.forum_header(rng), *platforms.forum_counters(rng)]
    tail = [*platforms.forum_footer(rng), *w.legal_footer(rng)]
    lines = article.lines
    lines[1:1] = platforms.forum_post_bar(rng)
    return Noisy("\n".join([*head, *lines, *tail]), article.text)


def app(rng: random.Random, article: Article) -> Noisy:
    head = some(rng, platforms.APP_HEADS, 0, 2)
    tail = some(rng, platforms.APP_TAILS, 2, 5)
    lines = article.lines
    for n in range(2, len(lines)):
        if len(lines[n]) > 60 and rng.random() < 0.15:
            slogan = rng.choice(platforms.APP_INSIDE)
            lines[n] += f"\n{slogan}"
    return Noisy("\n".join([*head, *lines, *tail]), article.text)


def library(rng: random.Random, article: Article) -> Noisy:
    return _page(platforms.library_header(rng), article, [*platforms.library_footer(rng), *w.legal_footer(rng)])
