"""Page chrome, adverts, tag soup, repeats, search-engine text and junk: pages of invented sites, and what must stay."""

from __future__ import annotations

import random
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import clean
from documents.draft import Draft
from documents.edits import undo, write_ledger
from documents.metadata import Metadata, metadata
from documents.noise import blanks, chrome, invisible, jammer, junk, pinyin, repeats, script, seo, spam, tags

PAGES = Path(__file__).resolve().parent.parent / "data" / "pages"
MODULES = (invisible, jammer, tags, pinyin, script, spam, junk, chrome, seo, repeats, blanks)


def cleaned(raw: str) -> str:
    return run(raw).text


def run(raw: str):
    draft = Draft(raw)
    for _ in range(8):
        before = draft.text
        for module in MODULES:
            draft.apply(module.KIND.find(draft.text))
        if draft.text == before:
            break
    return draft.finish()


def folded(text: str) -> list[str]:
    return ["".join(unicodedata.normalize("NFKC", line).split()) for line in text.strip().split("\n")]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.raw.txt")), ids=lambda path: path.name.split(".")[0])
def test_pages_of_invented_sites_come_out_as_their_gold(path):
    gold = path.with_name(path.name.replace(".raw.", ".clean.")).read_text(encoding="utf-8")
    assert folded(cleaned(path.read_text(encoding="utf-8"))) == folded(gold)
    assert cleaned(gold).strip() == gold.strip()


KEPT = """
海关总署微信公众号发布了最新的商品编码查询功能，用户点击“查询”即可使用。
平台改版后，点击查看详情的用户增加三成，分享到朋友圈的比例提高一倍。
警方提醒，不法分子假冒客服，以会员优惠为由诱导市民下载APP、添加微信并转账。
市场监管部门查处一起刷单案，当事人在网店组织兼职人员制造好评，被罚款二十万元。
联系电话:010-12345678。D类货物按D级管理,维生素D、3D打印机同样照常申报。
会员单位可登录协会网站下载报名表，并于6月30日前发送至指定邮箱，联系人：王某，电话：010-65000000。
报名的同志请添加工作人员微信，资料包括申请表、身份证复印件和单位证明。
法院认为，该网站未经授权转载他人作品，侵犯了著作权，应当删除相关内容并赔偿损失。
一、案例摘要
开展多领域合作,打好“边关牌”
（一）背景
促进经济发展 外事找到“落脚点”
2021年5月9日，A股市场上涨，市民买T恤、做B超、用X光检查，第3届比赛有2项纪录、全国3家企业参加。
科研人员用U盘拷贝数据，K歌软件下架，E时代的H型流感与Z世代的C位都写进了报告。
由单纯“督企”向“督企+督政+督集团”转变，推进互联网+政务服务。
名单公示：张*明、李*国、王*芳、赵*。
申报单型号为H-102 A/B (C&D)，税则号列8471.30，温度为20~30摄氏度，比例为1:2。
她问：“你去哪儿？”他答：“去海关。”
床前明月光，疑是地上霜。
本报讯：新修订的《广告法》要求网络广告显著标明“广告”，确保一键关闭。
关于我们为什么要建设一带一路核心区的思考
网站地图与无障碍阅读成为政府网站考核指标
国家标准《信息技术 汉字编码》版权所有问题的研究
《互联网信息服务管理办法》规定，网站应当在主页底部标明ICP备案编号。
广州、深圳、珠海、佛山、东莞、中山、惠州、江门、肇庆九市与港澳共同推进大湾区建设。
北京、天津、上海、重庆四个直辖市已经开展试点。
监测结果见表1：铯-137活度浓度<1 Bq/kg，且a<b、c>d，符合标准。
附件：1.申请表；2.承诺书；3.授权委托书。
海关总署、国家发展改革委、财政部、商务部关于公布税收政策的公告
图为关员在口岸现场查验入境货物（王某 摄）
编辑认为,原创内容是媒体的生命线；作者对资料来源负责。
据统计，该公众号共有会员三千人，去年推广课件一百份，受到用户欢迎。
请注意：收货人、发货人，以及其代理人均应如实申报。
第一页共有三张图片，第二页介绍了登录和注册的流程。
""".strip().split("\n")


@pytest.mark.parametrize("text", KEPT)
def test_real_text_stays(text):
    assert cleaned(text) == text
    page = f"口岸工作动态与案例选编\n{text}\n该负责人表示，下一步将继续加强监管。"
    assert cleaned(page) == page


def test_headings_and_lists_stay_and_only_paragraphs_that_stand_again_go():
    article = "工作方案\n一、目标\n加强协作。\n二、任务\n1.检查\n一、目标\n加强协作。\n1.检查\n海关总署\n海关总署"
    assert cleaned(article) == article
    long = "检验检疫部门应当建立健全监督管理制度，并且定期公布检查结果。"
    assert cleaned(f"标题甲乙丙\n{long}\n中间一段。\n{long}") == f"标题甲乙丙\n{long}\n中间一段。"
    quoting = f"标题甲乙丙\n{long}\n局长说：“{long}”大家鼓掌。"
    assert cleaned(quoting) == quoting
    assert cleaned("海关总署发布公告\n海关总署发布公告\n正文一段。") == "海关总署发布公告\n正文一段。"


def test_tags_in_an_article_about_html_stay():
    for kept in ("在HTML中，<p>标签表示段落，<br>标签表示换行。", "若a < b，则 b > a。", "书名见<海关法>与<关税法>。"):
        assert cleaned(kept) == kept
    assert cleaned('<p style="x">海关总署&nbsp;公告</p><br>') == "海关总署 公告"
    assert cleaned('海关总署公告。</p><p class="a') == "海关总署公告。"


def test_junk_needs_several_places_or_is_only_proposed():
    raw = "海@关总署、质#量监督和食*品安全标准同步推进，工作人员到场。"
    assert cleaned(raw) == "海关总署、质量监督和食品安全标准同步推进，工作人员到场。"
    single = run("海@关总署发布公告。")
    assert single.text == "海@关总署发布公告。"
    assert [proposal.kind for proposal in single.proposals] == ["junk"]
    letters = "海k关总署、质x量监督和食v品安全标准同步推进，工作人员到场。"
    assert cleaned(letters) == "海关总署、质量监督和食品安全标准同步推进，工作人员到场。"
    assert cleaned("海关总署，。发布\ue600公告,。") == "海关总署。发布公告。"


@pytest.mark.parametrize("seed", range(40))
def test_simulated_inserts_of_a_material_site_go(seed):
    rng = random.Random(seed)
    lure, channel = list(rng.choice(["最新热点素材尽在", "更多优质范文尽在"])), list("公众号")
    for word in (lure, channel):
        for _ in range(rng.randint(0, 2)):
            word.insert(rng.randint(1, len(word)), rng.choice("@#~%^&*"))
    insert = f"[{''.join(lure)}【{''.join(channel)}：{rng.choice(['青松', '墨香阁', '文秘'])}君】]"
    assert cleaned(f"完善监管文件体系。{insert}\n下一步，继续推进。") == "完善监管文件体系。\n下一步，继续推进。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海关公告\n2023-10-20 10:11 来源：海关总署\n正文。", Metadata("海关公告", "", "海关总署", "2023-10-20")),
        (
            "海关公告\n作者:赵建华 来源:中国国门时报 发布时间:2008年12月10日",
            Metadata("海关公告", "赵建华", "中国国门时报", "2008-12-10"),
        ),
        ("海关公告\n正文一段。\n文 / 张三 李四", Metadata("海关公告", "张三 李四")),
        ("海关公告\n正文一段。\n本报记者 王小明 摄", Metadata("海关公告", "王小明")),
        ("新华社北京10月20日电（记者张三）正文一句。", Metadata("", "张三")),
        ("海关公告\n稿源：某某日报", Metadata("海关公告", "", "某某日报")),
        ("海关公告\n日期：2023年13月40日", Metadata("海关公告")),
        ("", Metadata()),
    ],
)
def test_metadata(text, expected):
    assert metadata(text) == expected


@given(st.text("海关总署首页>|。，：:<p>/&nbsp;【】[]#@公众号素材作者来源1aA \n", max_size=90) | st.text())
def test_cleaning_never_raises_is_idempotent_and_can_be_undone(raw):
    clean = run(raw)
    assert undo(clean.text, write_ledger(clean)) == raw
    assert cleaned(clean.text) == clean.text
    metadata(clean.text)


@pytest.mark.parametrize("module", [chrome, spam, tags, junk, seo, repeats], ids=lambda m: m.KIND.name)
@pytest.mark.parametrize(
    "unit", ["(", "<", "[", "{{", " ", "|", ",", "，", "#", "1 a\n", "|\n", "海\n", "首页>", "海@", '="']
)
def test_time_is_linear_in_hostile_text(module, unit):
    text = unit * (400_000 // len(unit))
    started = time.perf_counter()
    for _ in module.KIND.find(text):
        pass
    assert time.perf_counter() - started < 4


def test_an_english_paragraph_at_the_end_is_no_list_of_key_words():
    english = "The International Atomic Energy Agency supports the network of training centres."
    text = f"海关总署与机构签署协议\n双方一致认为，应当加强核安保领域的交流与合作。\n{english}"
    assert clean(text).text == text
