"""PDF: paragraphs, columns, tables and vertical text in reading order; scans, passwords and damage told plainly."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.formats.base import FormatError, Text
from documents.formats.pdf import PROGRAM_START, Pdf
from documents.formats.pdf_layout import Paragraph, paragraphs_of
from documents.formats.pdf_lines import Character, lines_of
from tests.documents.formats.pdf_making import Drawn, made_pdf

_DATA = Path(__file__).resolve().parents[2] / "data" / "formats"


def _read(*pages: list[Drawn]) -> list[str]:
    return [text.text for text in Pdf().read(made_pdf(pages))]


def _lines(*texts: str, left: float = 72, top: float = 700, size: float = 12, pitch: float = 18) -> list[Drawn]:
    """Lines one below another; one that begins with ideographic spaces is indented by them."""
    return [
        Drawn(left + size * (len(text) - len(text.lstrip("　"))), top - pitch * row, size, text.lstrip("　"))
        for row, text in enumerate(texts)
    ]


def _refusal(data: bytes) -> str:
    with pytest.raises(FormatError) as refused:
        Pdf().read(data)
    return str(refused.value)


FULL = "国务院各部门应当按照本办法的规定在各自职责范围内负责相关的监督管理工作"


class TestParagraphs:
    def test_lines_of_a_chinese_paragraph_join_without_a_blank(self) -> None:
        assert _read(_lines(FULL, FULL, "到此为止。")) == [f"{FULL}{FULL}到此为止。"]

    def test_an_indented_line_begins_a_paragraph(self) -> None:
        assert _read(_lines(FULL, FULL[:-4] + "报告如下。", "　　第二段" + FULL[5:], "至此。")) == [
            FULL + FULL[:-4] + "报告如下。",
            "第二段" + FULL[5:] + "至此。",
        ]

    def test_a_short_line_ends_a_paragraph(self) -> None:
        assert _read(_lines(FULL, "短行。", FULL, "又一短行。")) == [f"{FULL}短行。", f"{FULL}又一短行。"]

    def test_a_wide_gap_ends_a_paragraph(self) -> None:
        page = _lines(FULL, FULL) + _lines(FULL, FULL, top=620)
        assert _read(page) == [FULL * 2, FULL * 2]

    def test_a_heading_in_a_larger_font_stands_alone(self) -> None:
        page = [Drawn(180, 740, 20, "关于加强管理的通知"), *_lines(FULL, FULL)]
        assert _read(page) == ["关于加强管理的通知", FULL * 2]

    def test_latin_lines_join_with_a_blank_and_words_are_made_whole(self) -> None:
        page = _lines(
            "The commission is responsible for the inter-", "national coordination of policies and of", "standards."
        )
        assert _read(page) == [
            "The commission is responsible for the international coordination of policies and of standards."
        ]

    def test_a_hyphen_before_a_capital_stays(self) -> None:
        assert _read(_lines("This is a well known rule for the Sino-", "American trade agreement.")) == [
            "This is a well known rule for the Sino-American trade agreement."
        ]

    def test_a_paragraph_goes_on_over_the_page(self) -> None:
        texts = Pdf().read(made_pdf([_lines(FULL, FULL, FULL), _lines("继续" + FULL, "完。")]))
        assert texts == [Text(FULL * 3 + "继续" + FULL + "完。", (), "page 1")]

    def test_a_finished_paragraph_does_not_go_on_over_the_page(self) -> None:
        assert len(_read(_lines(FULL, FULL, FULL[:-1] + "。"), _lines(FULL, "完。"))) == 2

    def test_places_name_the_page(self) -> None:
        texts = Pdf().read(made_pdf([_lines("甲。"), _lines("乙。")]))
        assert [(text.text, text.place) for text in texts] == [("甲。", "page 1"), ("乙。", "page 2")]


class TestColumnsAndTables:
    def test_columns_are_read_one_after_another(self) -> None:
        left, right = (
            [f"{name}{row}" + FULL[:16] + ("。" if row == 4 else "的") for row in range(5)] for name in "左右"
        )
        page = [Drawn(100, 760, 18, "两栏的标题")]
        # Row by row in the file, and the right column a little higher: places decide, not the file's order.
        for at in range(5):
            page += [Drawn(60, 700 - 18 * at, 12, left[at]), Drawn(310, 705 - 18 * at, 12, right[at])]
        assert _read(page) == ["两栏的标题", "".join(left), "".join(right)]

    def test_three_columns(self) -> None:
        page = []
        for at in range(6):
            page += [
                Drawn(left, 700 - 15 * at, 10, f"{name}{at}" + FULL[:12] + ("。" if at == 5 else "的"))
                for name, left in (("一", 40), ("二", 220), ("三", 400))
            ]
        assert [text[0] for text in _read(page)] == ["一", "二", "三"]

    def test_a_table_is_read_row_by_row(self) -> None:
        rows = [("名称", "数量", "单价"), ("钢材", "12", "300"), ("水泥", "5", "80"), ("木材", "7", "90")]
        page = [
            Drawn(x, 700 - 18 * at, 12, cell)
            for at, row in enumerate(rows)
            for x, cell in zip((72, 250, 400), row, strict=True)
        ]
        assert _read(page) == [cell for row in rows for cell in row]

    def test_cells_of_several_lines_are_whole(self) -> None:
        page = []
        for at in range(4):
            page += [Drawn(72, 700 - 60 * at, 12, f"部门{at}"), Drawn(400, 700 - 60 * at, 12, f"人员{at}")]
            page += _lines(FULL[:20], FULL[20:24], left=140, top=700 - 60 * at, pitch=15)
        assert _read(page) == [cell for at in range(4) for cell in (f"部门{at}", FULL[:24], f"人员{at}")]

    def test_words_in_two_places_of_a_line_are_two(self) -> None:
        assert _read([Drawn(72, 700, 12, "甲方：王五"), Drawn(300, 700, 12, "乙方：赵六")]) == [
            "甲方：王五",
            "乙方：赵六",
        ]


class TestRunningLines:
    PAGES = [
        [Drawn(72, 800, 9, "国务院公报"), *_lines(f"第{name}页的正文。"), Drawn(280, 40, 9, f"- {number} -")]
        for number, name in enumerate("甲乙丙丁", 1)
    ]

    def test_they_come_once_and_last(self) -> None:
        texts = Pdf().read(made_pdf(self.PAGES))
        assert [text.text for text in texts] == [*(f"第{name}页的正文。" for name in "甲乙丙丁"), "国务院公报", "- 1 -"]
        assert [text.place for text in texts[-2:]] == ["header of all pages", "footer of all pages"]

    def test_a_line_on_two_pages_of_many_stays(self) -> None:
        pages = [[*page[1:2], Drawn(72, 800, 9, "附件")] if at < 2 else page[1:2] for at, page in enumerate(self.PAGES)]
        assert _read(*pages).count("附件") == 2

    def test_a_paragraph_goes_on_past_them(self) -> None:
        pages = [
            [Drawn(72, 800, 9, "国务院公报"), *_lines(*[FULL] * 3), Drawn(280, 40, 9, f"- {number} -")]
            for number in range(1, 4)
        ]
        assert _read(*pages) == [FULL * 9, "国务院公报", "- 1 -"]


class TestCharacters:
    def test_radicals_are_put_right_and_nothing_else(self) -> None:
        # Kangxi radicals, radicals of the supplement, a compatibility ideograph; a fullwidth letter and ① stay.
        assert _read(_lines("⼈⺠⽂件⻘年⻓⾦樂Ａ①。")) == ["人民文件青年长金樂Ａ①。"]

    def test_characters_beyond_the_basic_plane(self) -> None:
        assert _read(_lines("地名𠮷𡈽。")) == ["地名𠮷𡈽。"]

    def test_text_drawn_twice_to_look_bold_is_there_once(self) -> None:
        assert _read([Drawn(72, 700, 12, "加粗的字"), Drawn(72.4, 700, 12, "加粗的字")]) == ["加粗的字"]

    def test_signs_drawn_one_by_one_are_a_line(self) -> None:
        assert _read([Drawn(72 + 12 * at, 700, 12, sign) for at, sign in enumerate("逐字排版")]) == ["逐字排版"]

    def test_blanks_between_latin_words_are_found_where_there_are_none(self) -> None:
        assert _read([Drawn(72, 700, 12, "Price"), Drawn(106, 700, 12, "list")]) == ["Price list"]

    def test_no_line_end_is_left(self) -> None:
        (text,) = _read([Drawn(72, 700, 12, "甲\u2028乙\x0b丙")])
        assert not set(text) & set("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


class TestDirections:
    def test_vertical_text_is_read_downwards_from_the_right(self) -> None:
        columns = ["人民政府应当加强管理工作的领导", "协调解决重大的问题。"]
        page = [
            Drawn(500 - 20 * at, 760 - 12 * row, 12, sign)
            for at, column in enumerate(columns)
            for row, sign in enumerate(column)
        ]
        assert _read(page) == ["".join(columns)]

    @pytest.mark.parametrize(("matrix", "step"), [("0 1 -1 0", 18), ("0 -1 1 0", -18)])
    def test_a_page_on_its_side(self, matrix: str, step: int) -> None:
        page = [Drawn(300 + step * at, 400, 12, text, matrix) for at, text in enumerate([FULL, "完。"])]
        assert _read(page) == [f"{FULL}完。"]

    def test_a_slanted_watermark_stays_out_of_the_lines(self) -> None:
        slanted = Drawn(150, 560, 40, "内部资料", "0.707 0.707 -0.707 0.707")
        page = [*_lines(*[FULL] * 10, "完。"), slanted]
        assert _read(page) == [FULL * 10 + "完。", "内部资料"]


class TestWhatCannotBeRead:
    def test_a_scan(self) -> None:
        assert _refusal(made_pdf([[], []], pictures=[0, 1])).startswith("is a scan: its pages are pictures")

    def test_pages_that_are_pictures_are_told(self) -> None:
        data = made_pdf([_lines("正文。"), [], []], pictures=[1])
        assert [text.text for text in Pdf().read(data)] == ["正文。"]
        assert Pdf().notes(data) == ["page 2 is a picture without text"]

    def test_an_empty_page_is_no_picture(self) -> None:
        data = made_pdf([[]])
        assert (Pdf().read(data), Pdf().notes(data)) == ([], [])

    def test_fonts_that_do_not_name_their_characters(self) -> None:
        assert _refusal(made_pdf([_lines(FULL)], named=False)).startswith("its text cannot be read: the fonts")

    def test_private_characters_are_told(self) -> None:
        data = made_pdf([_lines(FULL + "\ue123\ue124")])
        assert Pdf().notes(data) == [f"page 1 has 2 of {len(FULL) + 2} characters that its fonts do not name"]

    def test_a_password(self) -> None:
        assert _refusal((_DATA / "locked.pdf").read_bytes()) == "is protected with a password; save it without one."

    def test_what_is_no_pdf(self) -> None:
        assert _refusal("不是".encode()).startswith("is no PDF;")

    def test_it_cannot_be_filled(self) -> None:
        with pytest.raises(FormatError, match="cannot be written back"):
            Pdf().fill(made_pdf([_lines("甲。")]), {})


def test_the_program_loads_no_more_than_it_needs() -> None:
    """It starts for every file: with all of `documents` in it, that took longer than to read most of them."""
    told = f"{PROGRAM_START}\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", told, "30"], input=b"", capture_output=True, check=True, cwd=_DATA.parents[2]
    ).stdout.decode()
    assert "documents.formats.pdf_layout" in loaded
    assert not {"documents.pipeline", "documents.reader", "numpy"} & set(loaded.split())


def test_a_file_of_an_office() -> None:
    """Two columns, justified Chinese and English, a table and running lines, as LibreOffice writes them."""
    texts = [text.text for text in Pdf().read((_DATA / "columns.pdf").read_bytes())]
    assert texts[0] == "国务院办公厅关于印发国家发展和改革委员会职能配置内设机构和人员编制规定的通知"
    assert [text.split()[0] for text in texts[1:40]] == [f"第{number}条" for number in range(1, 40)]
    assert len({text.split()[1] for text in texts[1:40]}) == 1
    assert texts[-2:] == ["国家发展和改革委员会文件", "第 1 页，共 5 页"]
    table = texts.index("部门")
    assert texts[table : table + 6] == ["部门", "职责", "负责人", "财政部", texts[table + 4], "张三"]
    assert texts[table + 4] == "负责拟订财税发展战略、规划、政策和改革方案并组织实施，分析预测宏观经济形势"


class TestHostileFiles:
    def _outcome(self, data: bytes) -> str:
        try:
            texts = Pdf().read(data)
        except FormatError as error:
            return str(error)
        assert all(text.text.strip() and "\n" not in text.text for text in texts)
        return ""

    def test_damage_is_read_or_refused(self) -> None:
        chance = random.Random(7)
        good = (_DATA / "columns.pdf").read_bytes()
        small = made_pdf([_lines(FULL, FULL), []], pictures=[1])
        files = [small[: len(small) * at // 6] for at in range(3, 6)] + [good[: len(good) * at // 3] for at in (1, 2)]
        for whole in [small] * 3 + [good]:
            damaged = bytearray(whole)
            for _ in range(30):
                damaged[chance.randrange(9, len(damaged))] = chance.randrange(256)
            files.append(bytes(damaged))
        files += [b"%PDF-1.7\n" + chance.randbytes(3000) for _ in range(1)]
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(self._outcome, files))
        assert any(outcomes)
        assert "" in outcomes

    def test_numbers_without_measure(self) -> None:
        page = [Drawn(9e30, -9e30, 9e20, "远"), Drawn(72, 700, 1e-30, "小"), Drawn(72, 700, 12, "常")]
        assert "常" in _read(page)

    def test_a_page_that_never_ends_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("documents.formats.pdf.PAGE_SECONDS", 1)
        endless = b"q " * 10 + b"BT /F0 1 Tf " + b"<00>Tj 1 0 0 1 5 5 Tm " * 3_000_000
        started = time.monotonic()
        assert _refusal(made_pdf([[]], content=endless)).startswith(
            "is damaged so that it cannot be read, or takes too long"
        )
        assert time.monotonic() - started < 60


_places = st.floats(-1e6, 1e6)
_characters = st.builds(
    lambda x, y, width, size, text: Character(x, x + width, y, size, text),
    _places,
    _places,
    st.floats(0, 1e4),
    st.floats(0.1, 1e4),
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")),
)


@given(st.lists(_characters, max_size=60))
def test_layout_invents_no_characters(characters: list[Character]) -> None:
    paragraphs = paragraphs_of(lines_of(characters))
    given_ones = sorted(Paragraph([line]).text for line in lines_of(characters))
    assert sum(len(paragraph.lines) for paragraph in paragraphs) == len(given_ones)
    shown = {sign for paragraph in paragraphs for line in paragraph.lines for sign in line.text} - {" "}
    assert shown <= {one.text for one in characters}


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40)), max_size=120, unique=True))
def test_layout_loses_no_characters(cells: list[tuple[int, int]]) -> None:
    """Signs on a grid of columns and rows, none on another: each is there once."""
    signs = [
        Character(60 + 200 * column, 72 + 200 * column, 20 * row, 12, chr(0x4E00 + 41 * column + row))
        for column, row in cells
    ]
    text = "".join(paragraph.text for paragraph in paragraphs_of(lines_of(signs)))
    assert sorted(text) == sorted(sign.text for sign in signs)
