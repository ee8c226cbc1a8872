"""The built-in model watched by the draft: whose English is taken, and what comes out of both together."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines import EngineError, get_engine
from translate.engines.base import Readiness
from translate.engines.builtin.amounts import with_amounts
from translate.engines.builtin.choice import chosen
from translate.engines.builtin.clauses import clauses_of, joined, sentences_of
from translate.engines.builtin.consensus import agreement
from translate.engines.builtin.insistence import insisted
from translate.engines.builtin.leads import parts_of, uncounted
from translate.engines.builtin.persons import with_persons
from translate.engines.builtin.telling import corrected
from translate.engines.draft import DraftEngine
from translate.engines.draft.engine import Draft
from translate.engines.gloss import GlossEngine
from translate.engines.tags import TAGGED, tagged

CUSTOMS = tagged("海关总署", "General Administration of Customs")


@pytest.mark.parametrize(
    ("source", "fluent", "literal", "takes_fluent"),
    [
        # Says the same in other words.
        ("她昨天买了一台新电脑。", "She bought a new computer yesterday.", "she yesterday bought one new computers.", True),
        # Leaves half of it out.
        ("她昨天买了一台新电脑，今天去了学校。", "She went out.", "she yesterday bought new computer, today went to school.", False),
        # Another number; no negation.
        ("公司有35名员工。", "The company has 45 employees.", "company has 35 employees.", False),
        ("不得进口废物。", "Waste shall be imported.", "may not import waste.", False),
        # A name that was given.
        (f"{CUSTOMS}表示欢迎。", "Customs welcomes it.", "General Administration of Customs welcomes.", False),
        (f"{CUSTOMS}表示欢迎。", "The General Administration of Customs welcomes it.", "General Administration of Customs hi.", True),
        # Given twice, said once.
        (
            f"{CUSTOMS}和{CUSTOMS}欢迎。",
            "The General Administration of Customs welcomes it.",
            "General Administration of Customs and General Administration of Customs welcomes.",
            False,
        ),
        # What Taiwan's statutes say, and this text does not.
        ("海关部门设立中心。", "The customs of the Republic of China set up a centre.", "customs departments set up centers.", False),
        ("我国海关。", "The Republic of China's customs.", "our country's customs.", False),
        ("中华民国海关。", "Customs of the Republic of China.", "Republic of China Customs.", True),
        ("中国海关。", "Customs of the People's Republic of China.", "China Customs.", True),
        # Said twice running.
        ("中俄两国会谈。", "China and China's two countries held talks.", "China and Russia two countries talks.", False),
        ("部分领域开放。", "Part of the field of part of the field opened.", "some areas opening up.", False),
        ("贸易逐年增加。", "Trade increases year by year.", "trade increased annually.", True),
        ("贸易逐年增加。", "Trade increases year by year by year.", "trade increased annually.", False),
        ("欢迎。", "", "welcome.", False),
        ("", "", "", True),
    ],
)  # fmt: skip
def test_the_models_english_is_taken_where_it_leaves_nothing_out(source, fluent, literal, takes_fluent):
    assert chosen(source, [[fluent]], literal) == (fluent if takes_fluent else literal)
    assert chosen(source, [[""], [fluent, fluent], [fluent]], literal) == (fluent if takes_fluent else literal)
    assert chosen(source, [], literal) == literal
    assert chosen(source, [[], []], literal) == literal


def test_what_only_one_of_several_translations_says_is_not_taken():
    literal = "development countries established own supervision system."
    made_up = "The least developed countries of Africa have established their supervision system."
    agreed = "Developed countries have established their own supervision system."
    like_it = "Developed countries have established their own supervision systems already."
    for answers in ([[made_up, agreed], [agreed, like_it]], [[like_it, made_up], [made_up, agreed], [agreed]]):
        assert chosen("发达国家建立了自己的监管体系。", answers, literal) == agreed


LETTERS = st.text(st.sampled_from("ab 是"), max_size=12)


@given(st.lists(st.tuples(LETTERS, st.floats(0.1, 2)), min_size=1, max_size=6), st.randoms())
def test_agreement_is_a_share_and_goes_by_no_order(weighted, random):
    found = agreement(*zip(*weighted, strict=True))
    assert found.shape == (len(weighted),) and (found > -1e-9).all() and (found < 1 + 1e-9).all()
    order = list(range(len(weighted)))
    random.shuffle(order)
    assert agreement(*zip(*[weighted[at] for at in order], strict=True)) == pytest.approx(found[order])


def test_agreement_is_whole_with_itself_and_none_without_a_common_letter():
    assert agreement(["one two three four"] * 3, [1, 2, 3]) == pytest.approx([1, 1, 1])
    assert agreement(["abcabc", "xyzxyz"], [3, 1]) == pytest.approx([0.75, 0.25])
    near, far, _ = agreement(["one two tree", "six seven", "one two three"], [1, 1, 1])
    assert near > far


def test_the_gloss_speaks_for_what_agrees_with_it_and_may_stand_itself():
    source, literal = "双方签署了协议。", "both sides signed the agreement."
    answers = [["Both parties have signed a pact."], ["The two sides signed the agreement."]]
    assert (
        chosen(source, answers, literal, "The two sides signed the agreement.") == "The two sides signed the agreement."
    )
    assert chosen(source, [], literal, "Bilateral signed the agreement.") == literal
    # What is wrong in it keeps it out.
    assert chosen("公司有35名员工。", [["Staff."]], "company has 35 employees.", "The company has 45 employees.") != (
        "The company has 45 employees."
    )


def test_what_the_list_knows_better_is_not_told_otherwise():
    phrases = [("格罗西总干事", "Grossi secretary-general"), ("总干事的", "director general's"), ("欢迎", "welcome")]
    nouns = [("总干事", "director general"), ("协议", "agreement")]
    assert corrected(phrases, nouns) == (*phrases[1:], nouns[0])
    assert corrected(phrases, []) == tuple(phrases)
    assert ("总干事", "director general") in GlossEngine().settled("國際原子能機構總幹事abc总干事表示。")
    assert ("取长补短", "learn from each other's strengths") in GlossEngine().settled("双方取长补短，")
    assert "发展" not in dict(GlossEngine().settled("发展"))  # a verb or a noun
    assert GlossEngine().settled("") == []


@pytest.mark.parametrize(
    "sentences",
    [
        ["海关总署表示欢迎。", "他问：“是吗？”她说是！", "好"],
        [tagged("欢迎。来", "Welcome. Come") + "。", "来！？"],
        ["（他来了。）他走了。", "完。"],
        ["没有标点"],
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(sentences):
    assert sentences_of("".join(sentences)) == sentences_of(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("二是强化监管。", ("Second", "强化监管。")),
        ("三是，强化监管。", ("Third", "强化监管。")),
        ("一要完善体系。", ("First", "要完善体系。")),
        ("二要素认证。", ("", "二要素认证。")),
        ("一是一，二是二。", ("", "一是一，二是二。")),
        ("第二是他。", ("", "第二是他。")),
        ("二、具体做法", ("II.", "具体做法")),
        ("（十一）案例简介", ("(11)", "案例简介")),
        ("2.计量交流不断深入。", ("2.", "计量交流不断深入。")),
        ("一、二级标准。", ("", "一、二级标准。")),
        ("2.5倍。", ("", "2.5倍。")),
        ("(二)", ("", "(二)")),
        ("", ("", "")),
    ],
)
def test_the_points_of_a_speech_are_counted_in_english(sentence, counted):
    assert uncounted(sentence) == counted


def test_who_made_a_page_stands_label_by_label():
    assert parts_of("供稿:海关学院编辑：王芳") == [("Contributed by:", "海关学院"), ("Editor:", "王芳")]
    assert parts_of("文 / 刘欣侠 李思涛") == [("Text:", "刘欣侠 李思涛")]
    assert parts_of("他的编辑：王芳。") == [("", "他的编辑：王芳。")]
    assert parts_of("编辑：") == [("", "编辑：")]
    assert get_engine("builtin").translate(["二、审校：王芳"])[0].startswith("II. ")
    assert get_engine("builtin").translate(["编辑:王芳"]) == ["Editor: Wang Fang"]


def test_a_text_is_translated_sentence_by_sentence():
    engine = get_engine("builtin")
    first, second = "海关总署表示欢迎。", "双方签署了合作协议。"
    both, one, two = engine.translate([first + second, first, second])
    assert both == f"{one} {two}"
    [counted, bare] = engine.translate(["二是双方签署了合作协议。", second])
    assert counted == f"Second, {bare[0].lower()}{bare[1:]}"


LONG = "近年来，培训中心始终坚持以能力建设为工作指引，在海关总署的大力支持下，开展科研、教研等核心能力建设，培训1,200人；不断深化国际合作。"


def test_a_long_sentence_is_cut_at_its_marks_and_terms_stay_whole():
    assert clauses_of(LONG) == [
        "近年来，培训中心始终坚持以能力建设为工作指引，",
        "在海关总署的大力支持下，开展科研、教研等核心能力建设，",
        "培训1,200人；不断深化国际合作。",
    ]
    assert clauses_of(LONG[:24]) == [LONG[:24]] and clauses_of("") == [""]
    term = tagged("应急、响应，和恢复中心", "Centre, for Response")
    assert any(term in clause for clause in clauses_of(LONG.replace("培训中心", term)))


@given(
    st.lists(
        st.sampled_from(
            ["海关总署", "，", "；", "表示欢迎。", ",", "1,000", tagged("中心，部", "a, b"), "\n", "：", "有"]
        ),
        max_size=40,
    )
)
def test_clauses_are_the_text(parts):
    assert "".join(clauses_of("".join(parts))) == "".join(parts)


def test_clauses_are_joined_as_one_sentence():
    clauses = ["欢迎，", "他来到北京；", "北京欢迎他：", f"{CUSTOMS}说，", "周一，", "总理李强说，", "我去。"]
    english = [
        "It is welcome.",
        "Hurriedly he came to Beijing.",
        "Beijing welcomes him",
        "General Administration of Customs,",
        "On Monday,",
        "President Li says.",
        "I go.",
    ]
    small = {"it", "hurriedly", "general", "on", "president"}
    assert joined(clauses, english, small.__contains__) == (
        "It is welcome, hurriedly he came to Beijing; Beijing welcomes him: General Administration of Customs, on Monday, "
        "President Li says, I go."
    )
    assert [word for word in ("creation", "the", "china", "i", "harbin") if DraftEngine().is_small(word)] == [
        "creation",
        "the",
    ]


DRAFT = Draft(
    "she yesterday in nearby school bought one new computer.",
    (
        ("昨天", "yesterday"),
        ("附近的", "nearby"),
        ("附近的学校", "nearby school"),
        ("电脑。", "computer."),
        ("买了", "bought"),
    ),
)


@pytest.mark.parametrize(
    ("source", "english", "sent"),
    [
        # The shortest phrase that has the word; what stands with a mark in a phrase is no phrase to insist on.
        (
            "她昨天在附近的学校买了电脑。",
            "She bought it at school.",
            f"她{tagged('昨天', 'yesterday')}在{tagged('附近的', 'nearby')}学校买了电脑。",
        ),
        ("她昨天在附近的学校买了电脑。", "Yesterday she bought a computer in a nearby school.", "她昨天在附近的学校买了电脑。"),
        # Traditional script; a term in tags is left as it is, and what it holds is not asked for.
        ("她昨天在附近的學校買了電腦。", "She came yesterday.", f"她昨天在{tagged('附近的', 'nearby')}學校{tagged('買了', 'bought')}電腦。"),
        (f"她昨天在{tagged('附近的学校', 'Near School')}买了", "Bought at Near School.", f"她{tagged('昨天', 'yesterday')}在{tagged('附近的学校', 'Near School')}买了"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_draft_s_phrases_of_what_is_left_out_are_insisted_on(source, english, sent):
    assert insisted(source, english, DRAFT) == sent


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("投资2.3亿元。", f"投资{tagged('2.3亿', '230 million')}元。"),
        ("共3亿5000万元。", f"共{tagged('3亿5000万', '350 million')}元。"),
        ("約八億千瓦時", f"約{tagged('八億', '800 million')}千瓦時"),
        # As it is; named by no number; within a name that is given.
        ("增长12.5%，共一百二十件，第十一届，2016年10月。", "增长12.5%，共一百二十件，第十一届，2016年10月。"),
        ("数十个国家，万一下雨", "数十个国家，万一下雨"),
        (tagged("百万森林计划一千二百", "Million Forest 1200"), tagged("百万森林计划一千二百", "Million Forest 1200")),
    ],
)
def test_amounts_are_told_in_english_figures(source, sent):
    assert with_amounts(source) == sent


def test_an_amount_that_came_out_wrong_is_told():
    source = "来自十一个国家的一百二十多家企业增长百分之八点五，居第十一，见第二十三条"
    sent = f"来自{tagged('十一', '11')}个国家的一百二十多家企业增长{tagged('百分之八点五', '8.5%')}，居{tagged('第十一', '11th')}，见第{tagged('二十三', '23')}条"
    assert with_amounts(source, "More than 120 companies from 100 countries grew by 85%, 10th, Article 32.") == sent


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("由王群大使接受牌匾。", f"由{tagged('王群大使', 'Ambassador Wang Qun')}接受牌匾。"),
        (f"{tagged('格罗西', 'Grossi')}总干事说", f"{tagged('格罗西总干事', 'Director General Grossi')}说"),
        # Titles of bodies and countries, foreign names that nobody gave, a name behind its title.
        (f"{CUSTOMS}署长", f"{CUSTOMS}署长"),
        ("土耳其总统、卢拉总统、核安保司司长、院长陈晖", "土耳其总统、卢拉总统、核安保司司长、院长陈晖"),
    ],
)
def test_titles_stand_before_names(source, sent):
    assert with_persons(source) == sent


def test_persons_come_out_with_their_titles():
    answers = get_engine("builtin").translate(["陈晖院长签署协议。", "李明部长会见了到访的张伟校长。"])
    assert "President Chen Hui" in answers[0]
    assert "Minister Li Ming" in answers[1] and "Principal Zhang Wei" in answers[1]


@pytest.mark.parametrize(
    ("source", "amount"),
    [("投资2.3亿元建设了三十五条生产线。", "230 million"), ("累计捐款达一千四百万美元。", "14 million")],
)
def test_amounts_come_out_right(source, amount):
    assert amount in get_engine("builtin").translate([source])[0]


def test_texts_longer_than_the_models_positions_are_translated_too():
    engine = get_engine("builtin")
    # Rare words, whose English is told; characters that nobody knows, of four bytes each; no mark to cut at.
    rare = "纂辑绛帐敕令圭臬谳狱黼黻骖乘翊赞旌节麾盖" * 12
    for text in (rare[:230], "𠀀𠀁" * 80, "海关 缉私 检验" * 80):
        [english] = engine.translate([text])
        assert english.strip() and len(english) > len(text) / 3


def test_model_and_draft_together_translate_in_order_and_hold_what_is_given():
    engine = get_engine("builtin")
    assert engine.readiness() == Readiness(True, "ready")
    texts = [f"{CUSTOMS}昨天表示欢迎。", "", "IAEA", "2023年进口额为215万美元。\n他没有来。"]
    answers = engine.translate(texts)
    assert "General Administration of Customs" in answers[0] and "⟦" not in answers[0]
    assert answers[1:3] == ["", "IAEA"]
    first, second = answers[3].split("\n")
    assert "2.15 million" in first and "2023" in first and re.search("not|n't", second)


def test_a_sentence_of_more_than_the_model_takes_stays_one():
    names = [
        tagged(f"第{number}中心", f"Regional Training and Support Center {number} of the Zorvath Bureau")
        for number in range(1, 25)
    ]
    text = "，".join(f"{name}表示欢迎" for name in names) + "。双方签署协议。"
    [english] = get_engine("builtin").translate([text])
    assert len(text.encode()) > 2_000 and len(re.findall(r"\.(?=\s|$)", english)) == 2
    assert [number for number in range(1, 25) if f"Center {number} of" not in english] == []


def test_a_long_sentence_keeps_all_its_names():
    names = ["Zorvath Bureau", "Quellin, Mirabund and Partners", "Assembly of Ports"]
    text = LONG
    for chinese, name in zip(("培训中心", "海关总署", "国际合作"), names, strict=True):
        text = text.replace(chinese, tagged(chinese, name))
    [english] = get_engine("builtin").translate([text])
    assert all(name in english for name in names) and "⟦" not in english and "1,200" in english


def test_names_never_heard_of_stand_in_the_english():
    names = [f"{a}{b}" for a in ("Zorvath", "Quellin", "Mirabund") for b in (" Bureau", " Assembly", "")]
    texts = [f"记者从{tagged('某某局', name)}获悉，相关工作已经全面展开。" for name in names]
    answers = get_engine("builtin").translate(texts)
    assert [name for name, answer in zip(names, answers, strict=True) if name not in answer] == []


def test_without_weights_the_engine_says_so_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr("translate.engines.builtin.engine.WEIGHTS", tmp_path)
    state = get_engine("builtin").readiness()
    assert not state.ready and "its weights are not part of this copy" in state.text
    with pytest.raises(EngineError, match="weights are not part of this copy"):
        get_engine("builtin").translate(["欢迎"])


@given(
    st.text("一二十百千万亿两多余几第条年月日0123456789.,%％億萬王群院长大使陈先生 \nA⟦⟧=、。（）:编辑文/", max_size=30)
)
def test_what_is_set_apart_leaves_the_text_as_it_is(text):
    for marked in (with_amounts(text), with_amounts(text, ""), with_persons(text)):
        assert TAGGED.sub(lambda term: term["chinese"], marked) == text
    parts = parts_of(text)
    assert all(sentence.strip() for _, sentence in parts) and bool(parts) == bool(text.strip())
