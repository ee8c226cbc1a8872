"""The second language: its catalogue holds every sentence of the app, and the app shows no sentence past it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from app import language, words
from app.borrowed import BORROWED, borrowed
from app.language import nt, t
from tests.app.sentences_of_the_app import ROOT, sentences, table, tree_of, unwrapped, variables
from translate.checks import CHECKS

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
KEPT = {"SHA-256", "1 in {n}", "a PDF"}
_READ_BY_PROGRAMS = re.compile(
    r"`[^`]*`|\{\w*\}|:material/\w+:|\d,\d{3}|\w+:PATH|[\w.*-]+\.(?:txt|zip|com)|2\.15 million|[✗!] "
)
SOURCES = [
    path for name in ("app", "storage", "documents", "glossary", "translate") for path in (ROOT / name).rglob("*.py")
]
# Put together in the sources from more than one string: where.
SPELT_OTHERWISE = {
    "every sentence, to {where}": "the sends of most engines, each with its address",
    "{price} a million characters (list price); {note}": "translate/engines/listing.py",
    "{price} a million characters (list price)": "translate/engines/listing.py",
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
    assert borrowed("said by nobody") == "said by nobody"


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
