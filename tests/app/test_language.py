"""The second language: its catalogue holds every sentence of the app, and the app shows no sentence past it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import app.sentences as sentences_of_page
from app import language, words
from app.borrowed import BORROWED, borrowed, borrowed_reason
from app.language import nt, t
from glossary import Concept
from glossary.checking import check
from tests.app.conftest import Browser as SeenBrowser
from tests.app.sentences_of_the_app import ROOT, sentences, table, tree_of, unwrapped, variables
from translate.checks import CHECKS, Flag

_ENDS_SENTENCE = re.compile(r"(is|was|has|holds|more than) [^\n]*\.$|an? [\w -]+$")


def refusals() -> list[str]:
    """Why a file is not taken in: the ends of sentences that app/archives.py and app/intake.py give."""
    found = []
    for name in ("archives.py", "intake.py"):
        for node in ast.walk(tree_of(ROOT / "app" / name)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ENDS_SENTENCE.match(node.value):
                found.append(node.value)
    return found


CATALOGUE = Path(language.__file__).parent / "languages" / "zh_Hans.po"
CHECK_WORDS = [text for check in CHECKS for text in (check.name, check.description)]
SCREENS = ROOT / "app" / "screens"
MENDED = [text for kind in words.KINDS.values() for text in (kind.mended,) if text]
# Arguments of `t` and `nt` that no table of their module explains, and what they can be.
READ_ELSEWHERE = {
    "kind_words(edit.kind).title": [kind.title for kind in words.KINDS.values()],
    "kind_words(kind).title": [kind.title for kind in words.KINDS.values()],
    "what": [*MENDED, "to decide", "restored by hand", *table(SCREENS / "review.py", "_KEYS")],
    "name": list(table(SCREENS.parent / "terms" / "exchange.py", "_WHAT")),
    "file.reason": refusals(),
    "value": refusals(),
    "checks.get(wanted.flag, wanted.flag)": CHECK_WORDS,
    "CHECK_NAMES.get(flag.check, flag.check)": CHECK_WORDS,
    "check.name": CHECK_WORDS,
    "kinds[0].description": CHECK_WORDS,
    "message": list(BORROWED),
    "text": list(BORROWED),
}
# Shown as they are in every language: the name of the program.
PROPER = {"Zhengming 正名"}
# The same in Chinese.
KEPT = {"SHA-256", "1 in {n}", "a PDF", " and of "}
_READ_BY_PROGRAMS = re.compile(
    r"`[^`]*`|\{\w*\}|:material/\w+:|\d,\d{3}|\w+:PATH|[\w.*-]+\.(?:txt|zip|com)|2\.15 million|[✗!] "
)
SOURCES = [
    path
    for name in ("app", "storage", "documents", "glossary", "translate")
    for path in (ROOT / name).rglob("*.py")
    if path.name not in ("borrowed.py", "reasons.py")
]
# Put together in the sources from more than one string: where.
SPELT_OTHERWISE = {
    "the file is empty; nothing to do.": "documents/reader.py, the path before it",
    "pinyin injected inside a character, an ASCII character lost at its end": "documents/noise/misaligned.py",
    "forum jammer (line)": "documents/noise/jammer.py",
    "forum jammer (glued to the start of a line)": "documents/noise/jammer.py",
    "forum jammer (glued to the end of a line)": "documents/noise/jammer.py",
    "damaged date, not certain: {readings}": "documents/noise/dates.py",
    "第 lost: another {word}": "documents/noise/lost_marks.py",
    "every sentence, to {where}": "the sends of most engines, each with its address",
    "{price} a million characters (list price); {note}": "translate/engines/listing.py",
    "{price} a million characters (list price)": "translate/engines/listing.py",
    "{form}: is a form of {sources}; keep it with one of them.": "glossary/checking.py, a scope behind the form",
    "{source}: {form} is both accepted and forbidden.": "glossary/checking.py, _fault",
    "{source}: is approved but has no English.": "glossary/checking.py, _fault",
    "{source}: its English holds Chinese ({target}).": "glossary/checking.py, _fault",
    "{source}: is too short to be found safely.": "glossary/checking.py, _fault",
}


def counted_kinds() -> Iterator[tuple[str, str]]:
    """The two sentences for each kind of damage, as app/entries.py puts them together."""
    for kind in words.KINDS.values():
        one = kind.one or f"{kind.title.lower()} place"
        yield f"{{n}} {one}", f"{{n}} {kind.many or one + 's'}"
    yield "{n} removal", "{n} removals"


def every_sentence() -> dict[str, str]:
    """What the catalogue must have: English (of a plural the singular), and its plural or ""."""
    found = {sentence.forms[0]: sentence.forms[1] if len(sentence.forms) > 1 else "" for sentence in sentences()}
    found |= dict(counted_kinds())
    for variable in variables():
        found |= dict.fromkeys((*variable.values, *READ_ELSEWHERE.get(variable.source, ())), "")
    return found


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Message]:
    """The Chinese catalogue by the English of its messages."""
    with CATALOGUE.open("rb") as file:
        return {_forms(message)[0]: message for message in read_po(file, locale="zh_Hans") if message.id}


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language of this test's thread."""
    monkeypatch.setattr(language, "language", lambda: "zh_Hans")


def _forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _said(message: Message) -> str:
    return message.string if isinstance(message.string, str) else message.string[0]


def test_what_is_translated_is_a_literal_or_stands_in_a_table() -> None:
    unknown = [
        f"{variable.where} {variable.source}"
        for variable in variables()
        if not variable.values and variable.source not in READ_ELSEWHERE
    ]
    # app/entries.py puts the words of KINDS behind a number: counted_kinds.
    assert [line for line in unknown if "{{n}}" not in line] == []
    assert len(unknown) <= 2


def test_every_sentence_has_its_chinese_and_nothing_is_left_over(catalogue: dict[str, Message]) -> None:
    wanted = every_sentence()
    missing = [english for english in wanted if english not in catalogue or not _said(catalogue[english]).strip()]
    assert missing == [], "not in app/languages/zh_Hans.po"
    assert [english for english in catalogue if english not in wanted] == [], "said nowhere any more"
    plurals = {english: forms for english, message in catalogue.items() if (forms := _forms(message)[1:])}
    assert {english: forms[0] for english, forms in plurals.items()} == {e: many for e, many in wanted.items() if many}


def test_nothing_is_shown_past_the_languages() -> None:
    found = [(where, said) for where, said in unwrapped() if said not in PROPER and not _is_no_sentence(where, said)]
    assert found == []


def test_what_goes_past_the_languages_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = 'st.button("Go on")\nst.caption(f"{n} of **{m}** left")\nst.html(f"<b>{t("Yes")}</b>")\nst.text_input(t("A"), help="Say")\n'
    path = ROOT / "app" / "made_up.py"
    monkeypatch.setattr("tests.app.sentences_of_the_app.modules", lambda: [path])
    monkeypatch.setattr(
        "tests.app.sentences_of_the_app.tree_of", lambda path: ast.parse(source.replace('t("Yes")', "t('Yes')"))
    )
    assert [said for _, said in unwrapped()] == ["Go on", "of ** ** left", "Say"]


def _is_no_sentence(where: str, said: str) -> bool:
    """Addresses of pages and files, and statements for the database."""
    return bool(re.fullmatch(r"(screens/)?\w+(\.py|\.css)?", said) and where.startswith("app/main.py")) or bool(
        re.fullmatch(r"screens/\w+\.py|SELECT .*", said)
    )


def test_both_sides_leave_the_same_open(catalogue: dict[str, Message]) -> None:
    for message in catalogue.values():
        english, said = set().union(*(re.findall(r"\{\w*\}", form) for form in _forms(message))), _said(message)
        assert set(re.findall(r"\{\w*\}", said)) == english, _forms(message)
        for marks in (r"\*\*", r":material/\w+:", "`[^`]*`"):
            assert sorted(re.findall(marks, said)) == sorted(re.findall(marks, _forms(message)[0])), _forms(message)


def test_chinese_is_chinese(catalogue: dict[str, Message]) -> None:
    for english, message in catalogue.items():
        said = _said(message)
        words_of_it = re.search("[A-Za-z]{2,}", re.sub(r"\{\w*\}", "", english))
        assert not words_of_it or english in KEPT or re.search("[\u4e00-\u9fff]", said), english
        # Full-width, but for what a program reads; no blank before a full-width mark.
        bare = _READ_BY_PROGRAMS.sub("字", said)
        assert not re.search(r"[,;?](?=\s|$)|[\u4e00-\u9fff][,;:?!.()]|\s[，。；：？！）]", bare), said


def test_a_sentence_is_said_in_chinese(chinese: None) -> None:
    assert t("Settings") == "设置"
    assert nt("{n} sentence", "{n} sentences", 1) == "1 句"
    assert nt("{n} sentence", "{n} sentences", 1234) == "1,234 句"
    assert words.share(0.123) == "12%" and words.share(0.001) == "不到 1%"
    assert t("not a sentence of the app") == "not a sentence of the app"


def test_what_other_packages_say_is_found_by_its_shape(chinese: None) -> None:
    assert borrowed("As reader you cannot change this; it takes a reviewer. Ask an administrator for the role.") == (
        "只读用户不能改动这里；这需要审校员的角色。请向管理员申请。"
    )
    assert borrowed("There is a user li {wei} already.") == "已有用户 li {wei}。"
    assert borrowed("10 USD a million characters (list price); 2 million a month free in tier F0") == (
        "每百万字符 10 USD（标价）；F0 档每月免费 200 万字符"
    )
    assert borrowed("set BAIDU_APPID and BAIDU_APPKEY") == "请设置 BAIDU_APPID 和 BAIDU_APPKEY"
    [conflict] = check([Concept("海关", "Customs", status="approved"), Concept("关口", "Customs", status="approved")])
    assert borrowed(conflict.sentence) == "customs：同时是 关口、海关 的英文；请核对它们是否为同一事物。"
    assert borrowed_reason("no word; 锲 is written in 锲而不舍 only") == "不成词；锲 只用于 锲而不舍"
    assert borrowed_reason("menu; list of links") == "菜单; 链接列表"
    assert borrowed("said by nobody") == "said by nobody"


@pytest.mark.parametrize(
    ("tongue", "shown"), [("zh_Hans", "<b>错误</b> 缺少术语：海关 = Customs"), ("en", "<b>Error</b> 海关 = Customs")]
)
def test_a_mark_has_the_name_of_its_check_before_its_english(
    tongue: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (language, sentences_of_page):
        monkeypatch.setattr(module, "language", lambda: tongue)
    flag = Flag("term_missing", "error", "海关 = Customs does not stand in the English")
    assert shown in sentences_of_page.flag_lines([flag])


def test_the_language_is_chosen_kept_and_else_that_of_the_browser(browser: SeenBrowser) -> None:
    def asked(locale: str) -> str:
        monkey.setattr(type(st.context), "locale", property(lambda _: locale))
        return language.settle_language()

    with pytest.MonkeyPatch.context() as monkey:
        assert [asked(locale) for locale in ("zh-CN", "zh", "en-GB", "de-DE")] == ["zh_Hans", "zh_Hans", "en", "en"]
        browser.cookies[language.COOKIE] = "zh_Hans"
        assert asked("en-GB") == "zh_Hans"
        browser.cookies[language.COOKIE] = "../../etc"
        assert asked("en-GB") == "en"
    language.settle_language()


def test_what_is_borrowed_is_said_somewhere() -> None:
    """Each sentence of BORROWED stands in a source of the packages, its open places as they are filled there."""
    said = {shape for path in SOURCES for shape in _shapes(path)}
    assert [message for message in BORROWED if _bare(message) not in said and message not in SPELT_OTHERWISE] == []


def _shapes(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _bare(message: str) -> str:
    return re.sub(r"\{\w+\}", "{}", message)
