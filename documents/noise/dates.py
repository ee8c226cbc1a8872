"""Dates whose 年 or 月 was lost: 201397日 → 2013年9月7日.

A date is restored only if exactly one reading of its digits exists in the calendar. One with several is proposed, one
edit a reading, likeliest first; one with none is flagged by a proposal that changes nothing. Restoring only inserts
the lost characters.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime
import functools
import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind
from documents.noise.characters import DIGIT, CharacterSet, follow, matches

_WIDE_DIGITS = re.compile("[０-９]")
_WIDE = CharacterSet("０１２３４５６７８９")
_YEAR = CharacterSet("12"), CharacterSet("90"), DIGIT, DIGIT
_DAMAGED = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?:(?P<kept>年?)(?P<days>[0-9]{2,4})(?:[至—–~～-]{1,2}(?P<to>[0-9]{1,2}))?日|(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?)"
)
_RANGE_END = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})年?(?P<from>[0-9]{1,2}月[0-9]{1,2}|[0-9]{2,4})日(?:至|到|[—–~～-]{1,2})(?P<days>[0-9]{3,4})日"
)
# 日 and 月 that begin another word, unless that word is itself cut (日本 but not 3月11日本报讯).
_OTHER_WORD = re.compile(
    r"日(?:[元圆币志语均益子式用化光照次籍裔薪租渐趋内]|本(?!报|院|公司|刊|社|网|次|届|市|县|省|局|所|站)|文(?![化旅物艺章])|常(?!务)|期(?!间)|产(?!生)"
    r"|系(?!统)|历(?!时)|程(?!序)|报(?![道告载送名请考])|军(?![方队委事])|[美韩](?!国)|俄(?!罗斯)|以[上下]|左右)"
    r"|月(?:[饼球薪租息亮均票嫂费]|台(?![湾北州海胞风])|季(?!度)|供(?![应给水电货])|刊(?![登发载])|产(?!生)|历(?!时)|报(?!道)|销|光|工资|收入)"
)
_COUNTED = re.compile(
    r"(?:号|编码|代码|邮编|电话|传真|[Nn][Oo]|第|共计|累计|总计|合计|(?<!中)共|历时|为期|[长高]达|约|近|超过|逾|不足|不到|¥|￥|\$)[:：]?\s?$"
)
_JOINING = frozenset("./_#№*$¥￥€£+=%\\@&'\"°")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \u00a0\u3000]*[0-9]{1,2}\.$")
_WHOLE = re.compile(r"([12][0-9]{3})(?:年([0-9]{1,2})月([0-9]{1,2})日|[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9]))")
_PUBLISHED = re.compile(r"(?:时间|日期)\s*[:：]\s*$")
_UNTIL = re.compile(r"(?:至|到|[—–~～-]{1,2})(?:([0-9]{1,2})月)?([0-9]{1,2})日")
_WEEKDAY = re.compile(r"\s?[(（]?(?:星期|周)([一二三四五六日天])")

_BARE = re.compile(r"(?:19|20)[0-9]{2}(?=[\u4e00-\u9fff])")
_CLAUSE_STARTS = frozenset("。！？；，\n")
_FOLDED_STARTS = frozenset("!?;,")
_MEASURES = frozenset(
    "年月日号个名家人位所项次万亿千百十余多几元度届级款版台本张只对双片块条件座处股批种类场例户辆艘架吨米里亩篇册卷页集期班路线室楼层弄房岁倍成克升瓦"
    "伏赫字行枚颗粒株棵头匹群组队套箱盒瓶桶袋包天周秒分时点小后前以左上下段份支代轮桩宗起门间代回遍趟番"
)
_UNIT = re.compile(r"公[里斤顷尺升]|平方|立方|[美欧港日澳加]元|英镑|人民币|卢布|海里|毫|厘|英[里尺寸亩]|摄氏|华氏")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,28}?(?:院|局|厅|委|部|署|办|所|委员会|理事会|学会|协会|基金会|中心|公司|集团|大学|银行|政府|海关|办公室)"
    r"(?P<then>与|和|同|派|赴|将|向|对|为|在|被|以|经|联合|会同|牵头|签|承[担办]|举[办行]|召开|开展|组[织建]|成立|启动|发布|印发|批准|建立|参加"
    r"|接待|邀请|荣?获|取得|完成|推出|出台|制定|设立|首次|成功|正式|先后)"
)
_VERB = re.compile(
    r"签[署订约]|派出|赴|举[办行]|召开|开展|组建|成立|启动|发布(?!会)|印发|批准|建立|参加|接待|邀请|获|取得|完成|推出|出台|制定|设立|承[担办]"
    r"|达成|提供|提出|推[动进]|实[施现]|共建"
)
_TITLE = re.compile(
    r"大会|峰会|论坛|年会|[研座洽推交发对]\S{1,2}会|会议|展|博览|赛|杯|节|周|奥运|世博|锦标|营|班|课程|计划|项目|工程|报告|榜|奖|招[聘生考]|公告|通知|简章"
    r"|考[试研]|高考|分数|排名|指南|[白蓝绿]皮书|仪式|典礼|晚会|盛典|行动|专项|对比|比较|名单|录取|春[节晚]|系列|十大|百强|最|之|收费|标准"
)
_PREPOSITIONS = frozenset("与和同将向对为被以经")
_LONGEST_CLAUSE = 60
_LONGEST_CONTEXT = 12


@dataclasses.dataclass(frozen=True, slots=True)
class _Context:
    """What the document says of its dates: months it names whole, and the day of its publication."""

    months: frozenset[tuple[int, int]]
    published: datetime.date | None


def find(text: str) -> Iterator[Edit]:
    plain = _WIDE_DIGITS.sub(lambda digit: str(int(digit.group())), text) if _WIDE.meets(text) else text
    years = follow(plain, *_YEAR)
    if not years:
        return
    ambiguous: list[tuple[re.Match[str], list[int]]] = []
    lost_year_marks = False
    for hit in matches(_DAMAGED, plain, years):
        if not _may_be_date(plain, hit.start(), hit.end()):
            continue
        lost_year_marks |= not hit["kept"]
        if hit["month"]:
            if _day_exists(hit["year"], hit["month"], hit["day"] or "1"):
                yield from _inserts(text, hit.start(), hit.end(), {hit.end("year"): "年"})
            continue
        cuts = list(_cuts(hit["year"], hit["days"]))
        if len(cuts) == 1 and not _may_be_count(hit):
            yield from _inserts(text, hit.start(), hit.end(), _marks(hit, cuts[0]))
        elif cuts:
            ambiguous.append((hit, cuts))
        elif not hit["kept"]:
            yield _proposal(text, hit.start(), hit.end(), {}, "damaged date with no valid reading", 0.0)
    yield from _range_ends(text, plain, years)
    if ambiguous:
        context = _context_of(plain)
        for hit, cuts in ambiguous:
            yield from _readings(text, plain, hit, cuts, context)
    yield from _bare_years(text, plain, years, lost_year_marks)


def _may_be_date(text: str, start: int, end: int) -> bool:
    """Whether the digits from `start` stand by themselves and the 日 or 月 before `end` is no other word's."""
    if _OTHER_WORD.match(text, end - 1):
        return False
    if not start:
        return True
    before = text[start - 1]
    if before == ".":
        return _LIST_NUMBER.search(text, max(0, start - 8), start) is not None
    if before in _JOINING or (before.isascii() and before.isalnum()):
        return False
    joined = before in "-–~:：," and text[start - 2 : start - 1]
    if joined and joined.isascii() and joined.isalnum():
        return False
    return _COUNTED.search(text, max(0, start - 6), start) is None


def _cuts(year: str, digits: str) -> Iterator[int]:
    """Each length of the month with which `digits` is a day of `year`; padding with 0 only in both month and day."""
    for cut in (1, 2):
        month, day = digits[:cut], digits[cut:]
        padded = month[:1] == "0" or day[:1] == "0"
        if 1 <= len(day) <= 2 and (not padded or len(digits) == 4) and _day_exists(year, month, day):
            yield cut


def _day_exists(year: str, month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]


def _may_be_count(hit: re.Match[str]) -> bool:
    """Whether digits after a kept 年 may be a bare day (2015年15日) or a round number of days (2015年120日)."""
    return bool(hit["kept"]) and (len(hit["days"]) == 2 or hit["days"].endswith("0"))


def _marks(hit: re.Match[str], cut: int) -> dict[int, str]:
    """The lost characters by the offset at which each stood."""
    marks = {} if hit["kept"] else {hit.end("year"): "年"}
    return {**marks, hit.start("days") + cut: "月"}


def _filled(text: str, start: int, end: int, marks: dict[int, str]) -> str:
    return "".join(marks.get(at, "") + text[at] for at in range(start, end))


def _inserts(text: str, start: int, end: int, marks: dict[int, str]) -> Iterator[Edit]:
    reason = f"{'、'.join(marks.values())} lost, one reading: {_filled(text, start, end, marks)}"
    for at, mark in marks.items():
        yield Edit(at, at, mark, "date", reason, 0.97)


def _proposal(text: str, start: int, end: int, marks: dict[int, str], reason: str, confidence: float) -> Edit:
    return Edit(start, end, _filled(text, start, end, marks), "date", reason, confidence, applied=False)


def _range_ends(text: str, plain: str, years: list[int]) -> Iterator[Edit]:
    """The second date of a range that lost its 月: in 2016年4月28日至512日 it can only be 5月12日."""
    for hit in matches(_RANGE_END, plain, years):
        start, end = hit.start("days"), hit.end()
        first = hit["from"].partition("月")[0] if "月" in hit["from"] else hit["from"][:1]
        cuts = [cut for cut in _cuts(hit["year"], hit["days"]) if int(hit["days"][:cut]) >= int(first)]
        if not cuts or not _may_be_date(plain, hit.start(), end):
            continue
        if len(cuts) == 1:
            yield from _inserts(text, start, end, {start + cuts[0]: "月"})
            continue
        filled = [_filled(text, start, end, {start + cut: "月"}) for cut in cuts]
        for reading in filled:
            reason = f"damaged date, several readings: {' | '.join(filled)}"
            yield Edit(start, end, reading, "date", reason, round(1 / len(cuts), 2), applied=False)


def _context_of(text: str) -> _Context:
    """Whole dates of the document, those that `find` restores included, so that a second pass sees the same."""
    months: set[tuple[int, int]] = set()
    published = None
    for hit in _WHOLE.finditer(text):
        year, month, day = (part for part in hit.groups() if part)
        if _day_exists(year, month, day):
            months.add((int(year), int(month)))
            if published is None and _PUBLISHED.search(text, max(0, hit.start() - _LONGEST_CONTEXT), hit.start()):
                published = datetime.date(int(year), int(month), int(day))
    for hit in _DAMAGED.finditer(text):
        cuts = list(_cuts(hit["year"], hit["days"])) if hit["days"] else []
        if len(cuts) == 1 and _may_be_date(text, hit.start(), hit.end()) and not _may_be_count(hit):
            months.add((int(hit["year"]), int(hit["days"][: cuts[0]])))
    return _Context(frozenset(months), published)


def _readings(text: str, plain: str, hit: re.Match[str], cuts: list[int], context: _Context) -> Iterator[Edit]:
    """One proposal a reading, likeliest first; the confidences add up to 1, to 0.5 where no month may be lost at all."""
    days = {cut: (int(hit["days"][:cut]), int(hit["days"][cut:])) for cut in cuts}
    weights = {cut: _weight(plain, hit, *days[cut], context) for cut in cuts}
    share = (0.5 if _may_be_count(hit) else 1.0) / sum(weights.values())
    ranked = sorted(cuts, key=lambda cut: -weights[cut])
    all_readings = " | ".join(_filled(text, hit.start(), hit.end(), _marks(hit, cut)) for cut in ranked)
    reason = f"damaged date, {'several readings' if len(cuts) > 1 else 'not certain'}: {all_readings}"
    for cut in ranked:
        yield _proposal(text, hit.start(), hit.end(), _marks(hit, cut), reason, round(weights[cut] * share, 2))


def _weight(text: str, hit: re.Match[str], month: int, day: int, context: _Context) -> float:
    """How well a reading agrees with the text around it, relative to the other readings."""
    date = datetime.date(int(hit["year"]), month, day)
    weight = 1.0
    until = _UNTIL.match(text, hit.end())
    last = (month, int(hit["to"])) if hit["to"] else (int(until[1] or month), int(until[2])) if until else None
    if last and not ((month, day) < last and _day_exists(hit["year"], *map(str, last))):
        weight *= 0.05
    weekday = _WEEKDAY.match(text, hit.end())
    if weekday and "一二三四五六日".index(weekday[1].replace("天", "日")) != date.weekday():
        weight *= 0.05
    if context.published and date > context.published:
        weight *= 0.1
    if (date.year, month) in context.months:
        weight *= 2.0
    return weight


def _bare_years(text: str, plain: str, years: list[int], damaged: bool) -> Iterator[Edit]:
    """A year that lost its 年 before the subject of a clause.

    Names of events begin with a bare year as well (2018世界杯), so only an organisation that does something is taken
    for a subject; anything else is proposed, and only where the document has lost other 年.
    """
    for hit in matches(_BARE, plain, years):
        after = hit.end()
        if plain[after] in _MEASURES or _UNIT.match(plain, after) or not _starts_clause(plain, hit.start()):
            continue
        clause = _clause(plain[after : after + _LONGEST_CLAUSE])
        if _acting_body(clause):
            yield Edit(after, after, "年", "date", "年 lost before the subject of a clause", 0.9)
        elif damaged and len(clause) >= 6 and not _TITLE.search(clause) and _VERB.search(clause):
            yield Edit(hit.start(), after, text[hit.start() : after] + "年", "date", "年 lost?", 0.5, applied=False)


def _starts_clause(text: str, start: int) -> bool:
    at = start
    while at and start - at < _LONGEST_CONTEXT and text[at - 1] in " \u00a0\u3000":
        at -= 1
    if not at or text[at - 1] in _CLAUSE_STARTS:
        return at == start or not at or text[at - 1] == "\n"
    return text[at - 1] in _FOLDED_STARTS and at == start and _is_han_or_close(text[at - 2 : at - 1])


def _is_han_or_close(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char in {"”", "》", ")", "）"}


def _clause(text: str) -> str:
    return re.split(r"[，。；！？,;!?\n]", text, maxsplit=1)[0]


@functools.lru_cache(maxsize=256)
def _acting_body(clause: str) -> bool:
    """Whether `clause` is an organisation and what it does, and not the name of an event, a list or a notice."""
    body = _BODY.match(clause)
    if not body:
        return False
    verb = _VERB.search(clause, body.start("then"))
    if body["then"] not in _PREPOSITIONS:
        stop = body.start("then")
    else:
        stop = verb.start() if verb else len(clause)
    return not _TITLE.search(clause, 0, stop)


KIND = NoiseKind("date", "damaged dates", find)
