"""XLIFF 1.2, 2.x and TMX as documents: English is put beside the Chinese, everything else stays to the byte."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from documents.formats import format_of
from documents.formats.base import FormatError, Mark, Text
from documents.formats.tmx import Tmx
from documents.formats.xliff import Xliff
from tests.documents.formats.broken import check_broken

XLIFF, TMX = Xliff(), Tmx()
ONE = """<?xml version="1.0" encoding="utf-8"?>
<!-- 给译者 -->
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:okp='okapi' version="1.2">
 <file original="a.html" source-language="zh-CN" datatype="html" okp:x='&lt;1'>
  <body>
   <trans-unit id="1" okp:n="甲">
    <source>海关<g id="g1">总署</g>发布&#x516C;告<x id="x1"/>。</source>
    <note>说明</note>
   </trans-unit>
   <trans-unit id="2"><source>已批准</source><target state="final">Done</target></trans-unit>
   <trans-unit id="3" approved="yes"><source>已批准</source><target>Done</target></trans-unit>
   <group translate="no"><trans-unit id="4"><source>不译</source></trans-unit></group>
   <trans-unit id="5"><source>有人译过</source><target>Somebody's</target></trans-unit>
   <trans-unit id="6"><source>待查</source><target xml:lang="zh-CN" state="needs-translation" a="b">待查</target></trans-unit>
   <trans-unit id="7"><source>空的</source><target/></trans-unit>
   <trans-unit id="8"><source>Latin only</source></trans-unit>
   <trans-unit id="9"><source>第一句。第二句。</source>
    <seg-source><mrk mtype="seg" mid="0">第一句。</mrk> <mrk mtype="seg" mid="1">第二句。</mrk></seg-source></trans-unit>
   <trans-unit id="10" xml:space="preserve"><source>
  第一行
  <bpt id="1">&lt;b></bpt>第二<ept id="1">&lt;/b></ept>行
 </source></trans-unit>
   <trans-unit id="11"><source>编号<mrk mtype="protected">甲乙</mrk>和<bx id="5" rid="r"/>粗<ex id="6" rid="r"/>字</source>
    <alt-trans><source>旧</source><target>Old</target></alt-trans></trans-unit>
  </body>
 </file>
</xliff>
"""
TWO = """<?xml version='1.0'?>
<xl:xliff xmlns:xl="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh">
 <xl:file id="f1"><xl:unit id="u1">
  <xl:segment id="s1"><xl:source>海关<xl:pc id="1">总署</xl:pc>与<xl:sc id="2"/>粗<xl:ec startRef="2"/><xl:ph id="3"/></xl:source></xl:segment>
  <xl:ignorable><xl:source> </xl:source></xl:ignorable>
  <xl:segment id="s2" state="initial" subState="a:b"><xl:source>第二句</xl:source><xl:target>第二句</xl:target></xl:segment>
  <xl:segment id="s3" state="reviewed"><xl:source>第三句</xl:source><xl:target>Third</xl:target></xl:segment></xl:unit>
  <xl:unit id="u2" translate="no"><xl:segment><xl:source>不译</xl:source></xl:segment></xl:unit>
 </xl:file>
</xl:xliff>
"""
MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="zh-CN" adminlang="en" o-tmf="x" segtype="sentence" datatype="xml" creationtool="x" creationtoolversion="1"/>
 <body>
  <tu tuid="a"><note>n</note>
   <tuv xml:lang="ZH-hans"><seg>海关<bpt i="1">&lt;b></bpt>总署<ept i="1">&lt;/b></ept></seg></tuv>
   <tuv xml:lang="fr"><seg>Douane</seg></tuv>
  </tu>
  <tu><tuv xml:lang="zh-TW"><seg>海關</seg></tuv><tuv xml:lang="en-GB"><seg>Customs</seg></tuv></tu>
  <tu><tuv lang="zh"><seg>空</seg></tuv><tuv lang="EN"><seg></seg></tuv></tu>
 </body>
</tmx>
"""
BOMB = '<!DOCTYPE x [<!ENTITY b "aaaaaaaaaa"><!ENTITY a "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
GOOD = [(XLIFF, ONE), (XLIFF, TWO), (TMX, MEMORY)]


@pytest.mark.parametrize(("form", "good"), GOOD)
def test_nothing_changes_without_other_texts(form, good) -> None:
    data = good.encode()
    assert form.fill(data, {}) == data
    assert form.fill(data, dict(enumerate(form.read(data)))) == data
    assert form.fill(data, {0: Text("  ")}) == data


def test_units_of_xliff_1_that_want_english_are_read() -> None:
    texts = XLIFF.read(ONE.encode())
    assert [text.text for text in texts] == [
        "海关总署发布公告。", "待查", "空的", "第一句。", "第二句。", "第一行", "第二行", "编号和粗字",
    ]  # fmt: skip
    assert texts[0].marks == (Mark(2, 4, 0), Mark(8, 8, 1))
    assert texts[6].marks == (Mark(0, 2, 0),)
    assert texts[7].marks == (Mark(2, 2, 0), Mark(3, 4, 1))
    assert texts[0].place == "unit 1"


def test_xliff_1_is_filled_and_keeps_everything_else() -> None:
    news = {
        0: Text("Customs & <co>.", (Mark(0, 7, 0), Mark(15, 15, 1))),
        1: Text("Check"),
        2: Text("Empty"),
        3: Text("One."),
        4: Text("Two."),
        5: Text("Line"),
        6: Text("Second line"),
        7: Text("No. and bold", (Mark(4, 4, 0), Mark(8, 12, 1))),
    }
    filled = XLIFF.fill(ONE.encode(), news).decode()
    state = 'state="needs-review-translation" state-qualifier="leveraged-mt"'
    expected = ONE.replace("okp:x='&lt;1'>", "okp:x='&lt;1' target-language=\"en\">")
    expected = expected.replace(
        '<x id="x1"/>。</source>',
        f'<x id="x1"/>。</source>\n    <target {state}><g id="g1">Customs</g> &amp; &lt;co&gt;.<x id="x1"/></target>',
    )
    expected = expected.replace(
        '<target xml:lang="zh-CN" state="needs-translation" a="b">待查',
        '<target xml:lang="en" state="needs-review-translation" a="b" state-qualifier="leveraged-mt">Check',
    )
    expected = expected.replace("空的</source><target/>", f"空的</source><target {state}>Empty</target>")
    expected = expected.replace(
        "</seg-source>",
        f'</seg-source><target {state}><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two.</mrk></target>',
    )
    expected = expected.replace(
        "行\n </source>",
        f'行\n </source><target {state}>\n  Line\n  Second line<bpt id="1">&lt;b></bpt><ept id="1">&lt;/b></ept>\n </target>',
    )
    expected = expected.replace(
        "字</source>",
        f'字</source><target {state}>No. <mrk mtype="protected">甲乙</mrk>and <bx id="5" rid="r"/>bold<ex id="6" rid="r"/></target>',
    )
    assert filled == expected


def test_xliff_2_is_filled_with_its_state() -> None:
    texts = XLIFF.read(TWO.encode())
    assert [(text.text, text.marks) for text in texts] == [
        ("海关总署与粗", (Mark(2, 4, 0), Mark(5, 6, 1))),
        ("第二句", ()),
    ]
    filled = XLIFF.fill(
        TWO.encode(), {0: Text("Customs and bold", (Mark(0, 7, 0), Mark(12, 16, 1))), 1: Text("Second")}
    ).decode()
    expected = TWO.replace('srcLang="zh">', 'srcLang="zh" trgLang="en">')
    expected = expected.replace('<xl:segment id="s1">', '<xl:segment id="s1" state="translated">')
    expected = expected.replace(
        '<xl:ph id="3"/></xl:source>',
        '<xl:ph id="3"/></xl:source><xl:target><xl:pc id="1">Customs</xl:pc> and <xl:sc id="2"/>bold'
        '<xl:ec startRef="2"/><xl:ph id="3"/></xl:target>',
    )
    expected = expected.replace('state="initial" subState="a:b"', 'state="translated"')
    expected = expected.replace("<xl:target>第二句", "<xl:target>Second")
    assert filled == expected
    with pytest.raises(FormatError, match="nothing left to translate"):
        XLIFF.read(filled.encode())


def test_tmx_gets_english_where_it_has_none() -> None:
    texts = TMX.read(MEMORY.encode())
    assert [(text.text, text.marks) for text in texts] == [("海关总署", (Mark(2, 4, 0),)), ("空", ())]
    filled = TMX.fill(MEMORY.encode(), {0: Text("Customs", (Mark(0, 7, 0),)), 1: Text("Empty")}).decode()
    prop = '<prop type="x-zhengming-state">machine</prop>'
    expected = MEMORY.replace('<tuv xml:lang="ZH', f'{prop}\n   <tuv xml:lang="ZH')
    expected = expected.replace(
        "</ept></seg></tuv>\n",
        '</ept></seg></tuv>\n   <tuv xml:lang="en"><seg><bpt i="1">&lt;b></bpt>Customs<ept i="1">&lt;/b></ept></seg></tuv>\n',
    )
    expected = expected.replace('<tuv lang="zh">', f'{prop}<tuv lang="zh">').replace("<seg></seg>", "<seg>Empty</seg>")
    assert filled == expected


def test_a_pair_of_tags_that_found_no_words_is_not_lost() -> None:
    filled = XLIFF.fill(TWO.encode(), {0: Text("Customs")}).decode()
    inside = filled.split("<xl:target>")[1].split("</xl:target>")[0]
    assert sorted(re.findall(r"<[^>]*>", inside)) == sorted(
        ['<xl:pc id="1">', "</xl:pc>", '<xl:sc id="2"/>', '<xl:ec startRef="2"/>', '<xl:ph id="3"/>']
    )
    etree.fromstring(filled.encode())


@pytest.mark.parametrize("codec", ["utf-16", "gb18030", "utf-8-sig", "us-ascii"])
def test_the_encoding_stays(codec: str) -> None:
    source = ONE.replace("utf-8", codec.removesuffix("-sig"))
    data = source.encode(codec, "xmlcharrefreplace")
    filled = XLIFF.fill(data, {0: Text("Customs – 署")})
    assert filled[:12] == data[:12]
    root = etree.fromstring(filled)
    targets = root.xpath("//*[local-name()='target']")
    assert "".join(targets[0].itertext()) == "Customs – 署"


@pytest.mark.parametrize(
    ("form", "data", "told"),
    [
        (XLIFF, ONE.replace('version="1.2"', 'version="1.1"'), "is XLIFF 1.1"),
        (XLIFF, MEMORY.replace('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', ""), "is no XLIFF"),
        (XLIFF, ONE.replace('"zh-CN"', '"en"', 1), "is not from Chinese into English but for en"),
        (XLIFF, ONE.replace('datatype="html"', 'datatype="html" target-language="fr"'), "zh-CN to fr"),
        (XLIFF, TWO.replace('"zh"', '"ja"'), "but for ja"),
        (XLIFF, '<!DOCTYPE xliff SYSTEM "x.dtd">' + ONE.partition("-->")[2], "document type"),
        (TMX, ONE, "is no TMX"),
        (TMX, MEMORY.replace("1.4", "2.0"), "is no TMX"),
        (TMX, MEMORY.replace("zh", "ja").replace("ZH", "ja"), "but for ja-hans and fr"),
    ],
)
def test_what_is_not_wanted_is_told_in_one_sentence(form, data, told) -> None:
    with pytest.raises(FormatError, match=told) as error:
        form.read(data.encode())
    assert "\n" not in str(error.value) and str(error.value).endswith(".")


@pytest.mark.parametrize(("form", "good"), GOOD)
def test_bombs_and_entities_from_outside_are_refused(form, good) -> None:
    root = re.search(r"<(xl:)?(xliff|tmx).*", good, re.DOTALL).group()
    for hostile in (BOMB, OUTSIDE):
        with pytest.raises(FormatError):
            form.read((hostile + root.replace("海关", "海关&a;")).encode())


@pytest.mark.parametrize(("form", "good"), GOOD)
def test_damaged_files(form, good) -> None:
    check_broken(form, good.encode(), 40)


def test_the_formats_are_known_by_suffix() -> None:
    assert isinstance(format_of("a.XLF"), Xliff) and isinstance(format_of("a.xliff"), Xliff)
    assert isinstance(format_of("a.tmx"), Tmx)
