"""README and command lines say the same: nothing named that is not there, nothing there that is not named."""

from __future__ import annotations

import re
import shlex

import pytest
import typer.main

from app.__main__ import app as workbench_app
from documents.__main__ import app as documents_app
from documents.formats import KINDS, format_of
from glossary.__main__ import app as glossary_app
from translate.__main__ import app as translate_app
from translate.engines import engine_names

APPS = {"documents": documents_app, "glossary": glossary_app, "translate": translate_app, "app": workbench_app}


def leaves(app) -> dict[str, object]:
    """Command by name, those of a group under two words."""
    found = {}
    for name, command in typer.main.get_group(app).commands.items():
        inner = getattr(command, "commands", None)
        found |= {f"{name} {leaf}": one for leaf, one in inner.items()} if inner else {name: command}
    return found


def named(words: list[str], known) -> tuple[tuple[str, str], list[str]]:
    """The (package, command) that the words after -m name, and the rest of them."""
    package, name, *rest = words
    if rest and (package, f"{name} {rest[0]}") in known:
        return (package, f"{name} {rest[0]}"), rest[1:]
    return (package, name), rest


def commands() -> dict[tuple[str, str], set[str]]:
    """(package, command) → its options."""
    found = {}
    for package, app in APPS.items():
        for name, command in leaves(app).items():
            options = {o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")}
            found[package, name] = options - {"--help"}
    return found


@pytest.fixture(scope="module")
def readme(root) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def shown_commands(readme: str) -> list[list[str]]:
    blocks = re.findall(r"```(?:sh|console|bash)\n(.*?)```", readme, re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").split("\n")
    return [shlex.split(line.split(" #")[0]) for line in lines if line.strip()]


def test_every_command_and_option_of_the_readme_exists(readme):
    known = commands()
    seen = 0
    for words in shown_commands(readme):
        if "-m" not in words:
            continue
        if words[words.index("-m") + 1] not in APPS:
            continue
        command, rest = named(words[words.index("-m") + 1 :], known)
        seen += 1
        assert command in known
        assert {word.split("=")[0] for word in rest if word.startswith("--")} <= known[command]
    assert seen >= 8


def test_every_command_and_option_is_in_the_readme(readme):
    for (package, name), options in commands().items():
        assert f"python -m {package} {name}" in readme
        missing = [option for option in options if f"`{option}" not in readme and f" {option} " not in readme]
        assert missing == [], (package, name)


def test_every_help_has_an_example_that_exists():
    known = commands()
    for package, app in APPS.items():
        for name, command in leaves(app).items():
            example = re.search(r"Example: (python -m .*)", command.help or "")
            assert example, (package, name)
            words = shlex.split(example.group(1))
            assert named(words[2:], known)[0] == (package, name)
            assert {word for word in words if word.startswith("--")} <= known[package, name]


def test_every_make_target_of_the_readme_exists_and_the_other_way_round(root, readme):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split())
    assert set(re.findall(r"`?make ([a-z][a-z-]*)`?", readme)) == targets


def test_every_engine_and_dependency_is_named(root, readme):
    for engine in engine_names():
        assert f"`{engine}`" in readme
    for line in (root / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        if line and not line.startswith("#"):
            assert version, line
            assert name.lower() in readme.lower(), name


def test_every_picture_and_page_that_the_readme_links_is_there(root, readme):
    links = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert links
    assert [link for link in links if not (root / link).exists()] == []


def test_every_file_format_is_named_with_what_is_kept(readme):
    for listed in KINDS.values():
        form = format_of(f"a{listed[0]}")
        assert form is not None
        suffixes = ", ".join(f"`{suffix}`" for suffix in listed)
        assert f"| {form.title} | {suffixes} | {form.keeps or 'read only'}" in readme
