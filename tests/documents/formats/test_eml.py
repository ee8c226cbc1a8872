"""Mails: subject and lines change; header fields, quotations and attachments stay."""

from __future__ import annotations

import email
import email.message
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.formats.base import FormatError, Text
from documents.formats.eml import Eml
from tests.documents.formats.broken import check_broken

EML = Eml()
BODY = "各位同事：\n\n　会议改到周五。\n\n> > 原来的\n> 时间是周四\n-- \nLi Wei\n"


def mail(body: str = BODY, charset: str = "utf-8", html: str = "", cte: str | None = None) -> bytes:
    made = EmailMessage()
    made["From"] = "李伟 <li@example.org>"
    made["Subject"] = "关于会议时间调整的通知，请各位同事务必仔细阅读并及时回复确认"
    made["X-Own"] = "a  b"
    made.set_content(body, charset=charset, cte=cte)
    if html:
        made.add_alternative(html, subtype="html")
    made.add_attachment("附件里的字".encode(), maintype="application", subtype="x-own", filename="表.bin")
    return made.as_bytes(policy=email.policy.SMTP)


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize(("charset", "cte"), [("utf-8", "8bit"), ("utf-8", "quoted-printable"), ("gb2312", "base64")])
def test_subject_and_lines(charset: str, cte: str) -> None:
    texts = EML.read(mail(charset=charset, cte=cte))
    assert [text.text for text in texts] == [
        "关于会议时间调整的通知，请各位同事务必仔细阅读并及时回复确认",
        "各位同事：",
        "会议改到周五。",
        "原来的",
        "时间是周四",
        "--",
        "Li Wei",
    ]
    assert [text.place for text in texts[:2]] == ["subject", "line 1"]


@pytest.mark.parametrize("english", ["The time was Thursday — “sure”", "周四" * 40, "x" * 2000])
def test_fill_keeps_fields_quotations_and_attachments(english: str) -> None:
    data = mail()
    filled = EML.fill(data, {0: Text("Notice: the meeting moved"), 4: Text(english)})
    message = parsed(filled)
    assert message["Subject"] == "Notice: the meeting moved"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r", "") == BODY.replace("时间是周四", english)
    assert message["X-Own"] == "a  b" and message["From"] == parsed(data)["From"]
    assert [part.get_content() for part in message.iter_attachments()] == ["附件里的字".encode()]
    assert all(len(line) < 998 for line in filled.split(b"\r\n"))


def test_the_twin_in_html_goes_with_the_chinese() -> None:
    data = mail(html="<p>各位同事</p>")
    assert EML.fill(data, {}) == data
    message = parsed(EML.fill(data, {1: Text("Colleagues,")}))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "application/x-own",
    ]


def test_a_mail_in_html_alone() -> None:
    made = EmailMessage()
    made["Subject"] = "Plain"
    made.set_content('<meta charset="gb2312"><p>各位<b>同事</b></p>', subtype="html", charset="gb2312")
    data = made.as_bytes()
    assert [text.text for text in EML.read(data)] == ["Plain", "各位同事"]
    assert EML.fill(data, dict(enumerate(EML.read(data)))) == data
    content = parsed(EML.fill(data, {1: Text("Colleagues")})).get_content()
    assert "Colleagues" in content and "各位" not in content


def test_a_mail_without_mime_and_flowed_lines() -> None:
    data = "Subject: =?gb2312?B?u+HS6Q==?=\nDate: x\n\n你好".encode()
    assert [text.text for text in EML.read(data)] == ["会议", "你好"]
    message = parsed(EML.fill(data, {1: Text("Hello")}))
    assert message.get_content().strip() == "Hello" and message["MIME-Version"] == "1.0"
    flowed = (
        "Subject: a\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n> 第一 \n> 句话\n> 第二句\n".encode()
    )
    assert [text.text for text in EML.read(flowed)] == ["a", "第一句话", "第二句"]
    assert parsed(EML.fill(flowed, {1: Text("First")})).get_content().replace("\r", "") == "> First\n> 第二句\n"


@settings(max_examples=60)
@given(
    st.text("中国a> \n-é", max_size=30), st.text("English =?.\n-中", max_size=90), st.sampled_from(["8bit", "base64"])
)
def test_round_trip(body: str, english: str, cte: str) -> None:
    data = mail(body, cte=cte)
    texts = EML.read(data)
    assert EML.fill(data, dict(enumerate(texts))) == EML.fill(data, {}) == data
    expected = " ".join(english.replace("\n", " ").split())
    filled = EML.fill(data, {number: Text(english) for number in range(len(texts))})
    assert [text.text for text in EML.read(filled) if text.place != "subject"] == (
        [english.replace("\n", " ").strip()] * (len(texts) - 1)
        if expected and expected[0] not in ">"
        else [text.text for text in EML.read(filled) if text.place != "subject"]
    )
    assert " ".join(str(parsed(filled)["Subject"]).split()) == expected


def test_what_is_no_mail_is_refused() -> None:
    with pytest.raises(FormatError, match="no header of a mail"):
        EML.read("你好\n".encode())


def test_nested_without_end_is_refused() -> None:
    inner = b"Subject: a\n"
    for number in range(30):
        inner += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    with pytest.raises(FormatError, match="parts in parts"):
        EML.read(inner)


def test_broken_mails() -> None:
    check_broken(EML, mail(html="<p>各位</p>"))
    check_broken(EML, mail(charset="gb2312", cte="base64"))


def test_html_with_bytes_that_are_no_text_stays_where_nothing_changes() -> None:
    data = (
        b"From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n<p>"
        + "第一段文字\n".encode() * 9
        + b"\xff</p>"
    )
    assert EML.fill(data, dict(enumerate(EML.read(data)))) == data
