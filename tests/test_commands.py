"""The command lines, as a person runs them: results, exit status, one clear sentence for what is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
import shlex
import shutil
import signal
import subprocess
import sys
import time

import pytest
from openpyxl import load_workbook

import documents
import translate
from glossary import Glossary
from glossary.authority import authority
from tests.interrupting import interruptible
from translate.engines import DEFAULT_ENGINE, get_engine


@pytest.fixture
def start(root, tmp_path):
    """Run a command as a process of its own, in an environment that holds nothing."""

    def run_command(*arguments: object, status: int = 0, stdin: bytes = b""):
        command = [sys.executable, "-m", *map(str, arguments)]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={"PYTHONPATH": str(root), "PATH": "", "PYTHONUTF8": "1"},
            input=stdin,
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stderr.decode()
        return done.stdout.decode(), done.stderr.decode()

    return run_command


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """Run a command in this process, which has loaded the dictionaries already: `python -m` but for its start."""

    def run_command(*arguments: object, status: int = 0, stdin: bytes = b""):
        module, *rest = map(str, arguments)
        capfd.readouterr()
        with monkeypatch.context() as patched:
            patched.chdir(tmp_path)
            patched.setattr(sys, "argv", [module, *rest])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            ended = 0
            try:
                runpy.run_module(module, run_name="__main__", alter_sys=True)
            except SystemExit as left:
                ended = left.code or 0
        shown, said = capfd.readouterr()
        assert ended == status, said
        return shown, said

    return run_command


def table(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_main_job_on_the_seeds(start, run, seeds, tmp_path):
    start("glossary", "build", seeds, "--out", "out/glossary.csv")
    terms = {row["source"]: row for row in table(tmp_path / "out" / "glossary.csv")}
    for source, target, acronym in (
        ("国际原子能机构", "International Atomic Energy Agency", "IAEA"),
        ("一带一路", "Belt and Road", ""),
        ("欧亚计量合作组织", "Euro-Asian Cooperation of National Metrological Institutions", "COOMET"),
    ):
        row = terms[source]
        assert (row["target"], row["acronym"]) == (target, acronym)
        assert int(row["count"]) > 0
        assert source in row["context"].replace("“", "").replace("”", "")
    shown, _ = start(
        "translate",
        "batch",
        seeds,
        "--glossary",
        "out/glossary.csv",
        "--out",
        "out",
        "--to",
        "csv,html",
        "--engine",
        "draft",
    )
    ledger = table(tmp_path / "out" / "term_ledger.csv")
    assert len(ledger) > 400
    assert [row for row in ledger if row["outcome"] == "unresolved"] == []
    for path in seeds.glob("*.txt"):
        assert (tmp_path / "out" / f"{path.stem}.html").exists()
        texts = {int(row["segment"]): row["target"] for row in table(tmp_path / "out" / f"{path.stem}.csv")}
        for row in ledger:
            if row["document"] == path.stem:
                at = slice(int(row["target_start"]), int(row["target_end"]))
                assert texts[int(row["segment"])].removeprefix("'")[at] == row["found"] != ""
        assert path.stem in shown
    again, _ = run("translate", "batch", seeds, "--out", "out", "--engine", "draft", "--json")
    assert json.loads(again)["translated"] == 0


def test_bad_inputs_are_named_in_one_line_each_and_the_others_done(run, tmp_path):
    (tmp_path / "good.txt").write_text("国际原子能机构访华。", encoding="utf-8")
    (tmp_path / "random.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "bare").mkdir()
    inputs = ("random.txt", "empty.txt", "missing.txt", "bare", "good.txt")
    for command in (
        ("documents", "clean", *inputs, "--out", "c"),
        ("glossary", "build", *inputs),
        ("translate", "batch", *inputs, "--out", "t"),
    ):
        _, said = run(*command, status=1)
        for name in ("random.txt", "empty.txt", "missing.txt", "bare"):
            assert sum(line.startswith(name) for line in said.splitlines()) == 1, said
        assert "Traceback" not in said
    assert (tmp_path / "c" / "good.txt").read_text(encoding="utf-8") == "国际原子能机构访华。\n"
    assert len(table(tmp_path / "glossary.csv")) == 1
    assert (tmp_path / "t" / "good.html").exists()


def test_clean_reads_standard_input_and_writes_the_ledger(run, tmp_path):
    run(
        "documents",
        "clean",
        "-",
        "--out",
        "o",
        "--ledger",
        "--workspace",
        "w.db",
        stdin="天津海關(guān)與實(shí)驗(yàn)室".encode(),
    )
    assert (tmp_path / "o" / "stdin.txt").read_text(encoding="utf-8") == "天津海关与实验室\n"
    edits = [
        json.loads(line) for line in (tmp_path / "o" / "stdin.edits.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [edit["raw"] for edit in edits if edit["kind"] == "pinyin"] == ["(guān)", "(shí)", "(yàn)"]


def test_clean_shows_removals_and_refuses_an_unknown_kind(run, tmp_path):
    (tmp_path / "a.txt").write_text("天津海關(guān)與實(shí)驗(yàn)室\n首页 登录 注册 联系我们", encoding="utf-8")
    shown, _ = run("documents", "clean", "a.txt", "--out", "o", "--show")
    assert "海[-關-]{+关+}[-(guān)-]" in shown
    assert "[-首页 登录 注册 联系我们-]" in shown
    _, said = run("documents", "clean", "a.txt", "--out", "o", "--apply", "nonsense", status=2)
    assert "no such kind" in said


def test_export_import_and_check(run, tmp_path):
    (tmp_path / "mine.csv").write_text(
        "zh,en\n海关总署,General Administration of Customs\n中国海关,China Customs\n", encoding="utf-8"
    )
    (tmp_path / "theirs.tsv").write_text(
        "source\ttarget\n海关总署\tGACC\n世界海关组织\tWorld Customs Organization\n", encoding="utf-8"
    )
    assert "2 added" in run("glossary", "import", "mine.csv", "--out", "g.csv")[0]
    assert (
        "1 added, 0 updated, 1 kept" in run("glossary", "import", "theirs.tsv", "--out", "g.csv", "--merge", "keep")[0]
    )
    assert "1 updated" in run("glossary", "import", "theirs.tsv", "--out", "g.csv")[0]
    run("glossary", "export", "g.csv", "--to", "csv", "--out", "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "g.csv").read_bytes()
    run("glossary", "export", "g.csv", "--to", "xlsx", "--out", "g.xlsx")
    sheet = load_workbook(tmp_path / "g.xlsx").active
    assert (sheet.freeze_panes, sheet["A2"].value, sheet["B2"].data_type) == ("A2", "海关总署", "s")
    assert "0 conflicts" in run("glossary", "check", "g.csv")[0]
    (tmp_path / "bad.csv").write_text(
        "source,target,source_variants\n海关总署,GACC,\n总署,GACC,海关总署\n", encoding="utf-8"
    )
    found, _ = run("glossary", "check", "bad.csv", status=1)
    assert "is a form of" in found and "is the English of" in found


def test_enforce_on_json_lines_and_csv_with_scopes(run, tmp_path):
    (tmp_path / "g.csv").write_text(
        "source,target,scope\n培训中心,Training Center,d1\n海关总署,GACC,\n", encoding="utf-8"
    )
    pairs = [
        {"source": "培训中心开班。", "target": "The school opened.", "document": "d1", "extra": [1, "甲"]},
        {"source": "培训中心开班。", "target": "The school opened.", "document": "d2", "extra": None},
    ]
    (tmp_path / "p.jsonl").write_text(
        "".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs) + "not json\n", encoding="utf-8"
    )
    shown, said = run(
        "translate", "enforce", "p.jsonl", "--glossary", "g.csv", "--out", "o.jsonl", "--term-ledger", "l.csv", status=1
    )
    assert "1 inserted" in shown and "line 3: is not JSON" in said
    done = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [pair["target"] for pair in done] == ["The school opened (Training Center).", "The school opened."]
    assert [pair["extra"] for pair in done] == [[1, "甲"], None]
    assert [row["outcome"] for row in table(tmp_path / "l.csv")] == ["inserted"]
    (tmp_path / "p.csv").write_text("source,target,note\n海关总署,GACC,=x\n", encoding="utf-8")
    run("translate", "enforce", "p.csv", "--glossary", "g.csv", "--out", "o.csv")
    assert table(tmp_path / "o.csv")[0]["note"] == "'=x"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("glossary", "export", "g.csv", "--to", "nonsense"), "no export format"),
        (("glossary", "export"), "Give either a glossary file or a --workspace"),
        (("glossary", "check", "none.csv"), "no such glossary"),
        (("glossary", "build", "g.csv", "--engine", "nonsense"), "no engine 'nonsense'"),
        (("translate", "batch", "g.csv", "--to", "nonsense"), "no output format"),
        (("translate", "batch", "g.csv", "--engine", "nonsense"), "no engine 'nonsense'"),
        (("translate", "batch", "g.csv", "--workspace", "g.csv"), "not a Zhengming workspace"),
        (("translate", "batch", "g.csv", "--glossary", "none.csv"), "no such glossary"),
        (("translate", "enforce", "p.tmx", "--glossary", "g.csv", "--out", "o"), "cannot be read"),
        (("translate", "enforce", "none.jsonl", "--glossary", "g.csv", "--out", "o"), "cannot be read"),
        (("documents", "clean"), "Missing argument"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_two(run, tmp_path, arguments, words):
    (tmp_path / "g.csv").write_text("source,target\n海关总署,GACC\n", encoding="utf-8")
    _, said = run(*arguments, status=2)
    assert words in said
    assert "Traceback" not in said


def test_the_commands_of_the_readme_run_in_their_order(run, root, seeds, tmp_path):
    readme = (root / "README.md").read_text(encoding="utf-8")
    for name in ("seeds", "articles", "incoming"):
        (tmp_path / name).mkdir()
        for path in sorted(seeds.glob("*.txt"), key=lambda path: path.stat().st_size)[:2]:
            shutil.copy(path, tmp_path / name)
    (tmp_path / "pairs.jsonl").write_text('{"source": "海关总署", "target": "GACC"}\n', encoding="utf-8")
    (tmp_path / "from-a-colleague.csv").write_text("zh,en\n海关总署,GACC\n", encoding="utf-8")
    ran = 0
    for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL):
        for line in block.splitlines():
            if "--watch" in line:
                _watch(shlex.split(line)[1:], root, tmp_path)
                ran += 1
            elif line.startswith("python -m "):
                # The check's exit status tells of conflicts in what was just built.
                run(*shlex.split(line)[2:], status=0)
                ran += 1
    assert ran >= 8


def _watch(arguments, root, tmp_path) -> None:
    """Run a command that watches until what lies in the folder is done, then Ctrl+C."""
    environment = {"PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    with interruptible(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE) as watching:
        until = time.monotonic() + 60
        while len(list((tmp_path / "english").glob("*.xlsx"))) < 2 and time.monotonic() < until:
            time.sleep(0.2)
        watching.send_signal(signal.SIGINT)
        _, told = watching.communicate(timeout=20)
    assert watching.returncode in (0, 1) and b"atching incoming" in told, told


def test_the_python_of_the_readme_runs(root, tmp_path):
    readme = (root / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "glossary.csv").write_text("zh,en\n海关总署,GACC\n", encoding="utf-8")
    given = 'raw = "海關總署(shǔ)表示歡迎。"; source, target = "海关总署。", "Customs."\n'
    environment = {"PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", given + code], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "GACC" in done.stdout.decode()


def test_the_readmes_before_and_after_is_what_comes_out(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (raw|clean|English)[^|]*\| (.*) \|$", readme, re.MULTILINE))
    cleaned = documents.clean(rows["raw"]).text
    assert cleaned == rows["clean"]
    forced = translate.translate([cleaned], get_engine(DEFAULT_ENGINE), Glossary(authority()))[0]
    assert forced.text == rows["English"].replace("**", "")


def test_engines_tells_each_ones_state(run):
    shown, _ = run("translate", "engines")
    assert "gloss" in shown and "(default)" in shown and "google" in shown
