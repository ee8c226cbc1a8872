"""Dates whose 年 or 月 vanished. Unique ones come back; those with several readings stay and are proposed."""

from __future__ import annotations

import datetime
import random

from tests.documents.simulation.page import Article, Noisy
from tests.documents.simulation.sentences import date, organisation


def readings(year: int, digits: str) -> list[tuple[int, int]]:
    """(month, day) for each way in which `digits` are a month and a day of `year`."""
    found = []
    for cut in range(1, len(digits)):
        month, day = digits[:cut], digits[cut:]
        if month[0] == "0" or day[0] == "0":
            continue
        try:
            datetime.date(year, int(month), int(day))
        except ValueError:
            continue
        found.append((int(month), int(day)))
    return found


def _sentence(rng: random.Random, when: str) -> str:
    return rng.choice(
        (
            f"{when}，{organisation(rng)}代表团来访。",
            f"会议于{when}在该中心召开，与会代表二十余人。",
            f"协议自{when}起生效，由{organisation(rng)}负责解释。",
            f"截至{when}，已有多家企业完成注册。",
            f"（{when}）{organisation(rng)}发布公告。",
        )
    )


def damaged(rng: random.Random, article: Article) -> Noisy:
    raw, clean, proposed = [article.title], [article.title], []
    for line in article.lines[1:]:
        raw.append(line)
        clean.append(line)
        if rng.random() < 0.5:
            continue
        day = date(rng)
        digits = f"{day.month}{day.day}"
        whole = f"{day.year}年{day.month}月{day.day}日"
        lost = rng.choice((f"{day.year}{digits}日", f"{day.year}年{digits}日", f"{day.year}{day.month}月{day.day}日"))
        ways = [(day.month, day.day)] if "月" in lost else readings(day.year, digits)
        # 2015年15日 may be a bare day and 2015年120日 a count of days: only proposed.
        unsure = "月" not in lost and "年" in lost and (len(digits) == 2 or digits.endswith("0"))
        sentence = _sentence(rng, "{}")
        raw.append(sentence.format(lost))
        if len(ways) == 1 and not unsure:
            clean.append(sentence.format(whole))
        else:
            clean.append(raw[-1])
            proposed += [sentence.format(f"{day.year}年{month}月{dom}日") for month, dom in ways]
    return Noisy("\n".join(raw), "\n".join(clean), tuple(proposed))
