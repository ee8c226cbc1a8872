"""Every online engine against a server that plays its service, with the same faults for all of them."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.interrupting import interruptible
from tests.translate.online.services import KEY, Services, english_of
from translate.engines import get_engine
from translate.engines.baidu import BaiduEngine
from translate.engines.base import Context, EngineError, PartialError
from translate.engines.chat import ChatEngine
from translate.engines.deepl import DeepLEngine
from translate.engines.google import GoogleEngine
from translate.engines.libretranslate import LibreTranslateEngine
from translate.engines.microsoft import MicrosoftEngine
from translate.engines.mymemory import MyMemoryEngine

PATHS = {
    GoogleEngine: "/m",
    MyMemoryEngine: "/get",
    LibreTranslateEngine: "/",
    MicrosoftEngine: "/microsoft",
    BaiduEngine: "/baidu",
    DeepLEngine: "",
    ChatEngine: "/v1",
}
VARIABLES = {
    "LIBRE_API_KEY": KEY,
    "MICROSOFT_API_KEY": KEY,
    "BAIDU_APPID": "app",
    "BAIDU_APPKEY": KEY,
    "DEEPL_API_KEY": KEY,
    "OPENAI_API_KEY": KEY,
    "OPENAI_MODEL": "m",
}


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    server = Services()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def _fresh(services, monkeypatch):
    services.let_go()
    services.asked.clear()
    services.seen.clear()
    services.glossaries.clear()
    services.allowed, services.refused, services.most_running = 10_000, 0, 0
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)


def made(services, kind, **options):
    options = {"pause": 0.01, "timeout": (5, 10), "per_second": 0, "attempts": 4} | options
    return kind(services.url + PATHS[kind], **options)


@pytest.fixture(params=list(PATHS), ids=lambda kind: kind.name)
def engine(request, services):
    return made(services, request.param)


def test_answers_come_unescaped_and_in_order(engine):
    texts = [f"第{number}句话。" for number in range(40)]
    assert engine.translate(texts) == [english_of(text) for text in texts]
    assert engine.usage.characters == sum(map(len, texts))


def test_the_same_sentence_is_sent_once_a_call(engine, services):
    assert engine.translate(["甲。", "乙。", "甲。"]) == [english_of(text) for text in ("甲。", "乙。", "甲。")]
    assert services.asked["甲。"] == 1


def test_what_holds_no_chinese_is_not_sent_and_lines_stay_lines(engine, services):
    texts = ["。", "IAEA 2021", "", "  ", "甲\n\n IAEA\n  乙 ", "𠮷"]
    answers = engine.translate(texts)
    assert answers == [*texts[:4], f"{english_of('甲')}\n\n IAEA\n  {english_of('乙')} ", english_of("𠮷")]
    assert set(services.asked) == {"甲", "乙", "𠮷"}


@pytest.mark.parametrize("word", ["限流", "抖动", "断线"])
def test_what_passes_is_tried_again(engine, services, word):
    text = f"遇到{word}的话。"
    assert engine.translate([text]) == [english_of(text)]
    assert 1 < services.asked[text] <= 3


def test_damaged_json_is_tried_again(services):
    for kind in (LibreTranslateEngine, MicrosoftEngine, BaiduEngine, MyMemoryEngine, ChatEngine):
        services.asked.clear()
        assert made(services, kind).translate(["截断。"]) == [english_of("截断。")]
        assert services.asked["截断。"] == 2


@pytest.mark.parametrize(
    ("word", "says"),
    [("总限", "too many requests"), ("坏", "has trouble"), ("回声", "untranslated"),
     ("空答", "untranslated|no usable answer"), ("钥匙", "refused access|closed to this machine")],
)  # fmt: skip
def test_a_failure_is_one_sentence_without_the_key(engine, word, says):
    with pytest.raises(EngineError, match=says) as caught:
        engine.translate([f"有{word}。"])
    assert "\n" not in str(caught.value)
    assert KEY not in repr(caught.value) and caught.value.__cause__ is None


def test_a_server_that_stalls_is_left_after_its_time(services):
    texts = ["停住。", "甲。"]
    for kind in (GoogleEngine, DeepLEngine):
        stalled, fine = made(services, kind, timeout=(2, 0.2), attempts=2).translate_each(texts)
        assert "no answer in time" in str(stalled)
        assert fine == english_of("甲。")


def test_a_failing_text_takes_no_other_with_it(engine, services):
    texts = [f"第{number}句。" for number in range(12)]
    texts[5] = "有回声。"
    answers = engine.translate_each(texts)
    assert [str(a) for a in answers[:5] + answers[6:]] == [english_of(t) for t in texts[:5] + texts[6:]]
    assert isinstance(answers[5], EngineError) and not answers[5].fatal
    with pytest.raises(PartialError) as caught:
        engine.translate(texts)
    assert len(caught.value.answers) == 12


def test_a_refused_key_ends_the_whole_list_and_says_which_variable(services):
    engine = made(services, MicrosoftEngine, at_once=1)
    answers = engine.translate_each(["有钥匙。", *(f"第{n}句。" for n in range(30))])
    assert all(isinstance(answer, EngineError) and answer.fatal for answer in answers[3:])
    assert "MICROSOFT_API_KEY" in str(answers[0])
    assert len(services.seen) < 6


def test_no_network_is_one_sentence(engine):
    nowhere = type(engine)("http://127.0.0.1:9" + PATHS[type(engine)], attempts=1)
    with pytest.raises(EngineError, match="not reachable; check the network") as caught:
        nowhere.translate(["甲"])
    assert caught.value.fatal


def test_threads_get_their_own_answers(engine):
    texts = [f"第{n}句" for n in range(80)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: engine.translate([text])[0], texts))
    assert answers == [english_of(text) for text in texts]


def test_a_limit_of_requests_slows_down_and_the_pace_recovers(services):
    services.allowed = 3
    engine = made(services, GoogleEngine, attempts=12, pause=0.02)
    texts = [f"第{n}句" for n in range(120)]
    assert engine.translate(texts) == [english_of(text) for text in texts]
    assert 0 < services.refused < 60
    services.allowed = 10_000
    engine.translate([f"又{n}句" for n in range(200)])
    assert engine.pace.limit >= 7


def test_never_more_at_once_than_allowed(services):
    made(services, GoogleEngine, at_once=5).translate([f"第{n}句" for n in range(60)])
    assert 3 <= services.most_running <= 5


def test_a_rate_is_kept(services):
    engine = made(services, GoogleEngine, per_second=50)
    started = time.perf_counter()
    engine.translate([f"第{n}句" for n in range(20)])
    assert time.perf_counter() - started > 19 / 50


def test_long_sentences_are_cut_at_marks_or_refused(services):
    engine = made(services, MyMemoryEngine)
    text = "，".join(f"第{n}部分的内容写得比较长一些" for n in range(40)) + "。"
    answer = engine.translate([text])[0]
    assert answer.count("English of") == len(services.asked) > 2
    assert all(len(sent.encode()) <= 500 for sent in services.asked)
    assert "".join(services.asked) and sorted("".join(services.asked)) == sorted(text)
    with pytest.raises(EngineError, match="400 characters is too long"):
        engine.translate(["长" * 400])


def test_keys_and_texts_stay_out_of_addresses(services):
    for kind in (LibreTranslateEngine, BaiduEngine, MicrosoftEngine, DeepLEngine, ChatEngine):
        made(services, kind).translate(["海关总署。"])
    for path, _, _ in services.seen:
        assert KEY not in path and "%E6%B5%B7" not in path


def test_a_libretranslate_server_of_ones_own_wants_no_key(services, monkeypatch):
    monkeypatch.delenv("LIBRE_API_KEY")
    monkeypatch.setenv("LIBRETRANSLATE_URL", services.url)
    assert get_engine("libretranslate").translate(["甲"]) == [english_of("甲")]
    assert "api_key" not in services.seen[0][2]


def test_what_mymemory_and_baidu_and_deepl_say_of_a_spent_quota(services):
    for kind, says in (
        (MyMemoryEngine, "day's free quota"),
        (BaiduEngine, "account is empty"),
        (DeepLEngine, "quota is spent"),
    ):
        with pytest.raises(EngineError, match=says) as caught:
            made(services, kind).translate(["配额。"])
        assert caught.value.fatal


def test_googles_captcha_page_is_no_translation(services):
    with pytest.raises(EngineError, match="asks for a captcha"):
        made(services, GoogleEngine).translate(["验证"])


def test_a_missing_key_is_told_before_anything_is_sent(services, monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name)
    for kind in (MicrosoftEngine, BaiduEngine, DeepLEngine, ChatEngine):
        engine = made(services, kind)
        assert not engine.readiness().ready
        with pytest.raises(EngineError, match="is not ready; set ") as caught:
            engine.translate(["甲"])
        assert caught.value.fatal
    assert services.seen == []


def test_deepl_uses_a_glossary_of_its_own_made_once(services):
    terms = [("海关总署", "General Administration of Customs")]
    for _ in range(2):
        engine = made(services, DeepLEngine)
        engine.begin(terms)
        assert engine.translate(["海关总署。"]) == [english_of("海关总署。") + " [glossary]"]
    assert [glossary["entries"] for glossary in services.glossaries] == ["海关总署\tGeneral Administration of Customs"]


def test_a_chat_model_gets_terms_and_neighbours(services):
    engine = made(services, ChatEngine)
    context = Context((("海关", "Customs"),), before="前一句。", after="后一句。")
    assert engine.translate_each(["海关说。"], [context]) == [english_of("海关说。")]
    body = services.seen[0][2].encode().decode("unicode_escape")
    for words in ("Customs", "before", "after"):
        assert words in body


@pytest.mark.parametrize("word", ["乱序", "调换", "围栏"])
def test_a_chat_models_answers_stand_with_their_own_segments(services, word):
    texts = ["第一句说的是海关。", f"这里{word}了。", "核安全的第三句。", "计量是第四句。"]
    assert made(services, ChatEngine).translate(texts) == [english_of(text) for text in texts]


def test_a_chat_model_that_only_talks_fails(services):
    with pytest.raises(EngineError, match="did not keep to the answer format"):
        made(services, ChatEngine).translate(["闲聊。"])


def test_fallback_asks_the_next_engine_only_what_failed(services):
    first, second = made(services, GoogleEngine), made(services, LibreTranslateEngine)
    both = get_engine("google,libretranslate")
    both._members = (first, second)
    texts = ["甲。", "验证。", "乙。"]
    assert both.translate(texts)[0] == english_of("甲。")
    assert [path for path, _, _ in services.seen if path.startswith("/translate")] == ["/translate"]
    answers = both.translate_each(["回声。"])
    assert "Google" in str(answers[0]) and "LibreTranslate" in str(answers[0])


def test_interrupting_does_not_wait_for_an_answer(services, root):
    code = (
        "import sys; from translate.engines.google import GoogleEngine\n"
        "print('go', flush=True)\n"
        f"GoogleEngine('{services.url}/m', timeout=(5, 60)).translate(['停住%d' % n for n in range(20)])\n"
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with interruptible([sys.executable, "-c", code], cwd=root, **pipes) as run:
        assert run.stdout.readline() == b"go\n"
        deadline = time.monotonic() + 10
        while not services.asked and time.monotonic() < deadline:
            time.sleep(0.01)
        threading.Event().wait(0.1)
        started = time.monotonic()
        run.send_signal(2)
        run.wait(timeout=5)
        assert time.monotonic() - started < 2
