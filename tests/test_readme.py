"""What README.md and CONTRIBUTING.md show is what happens: their code runs, and prints what stands below it."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from poolmatch.cli import COMMANDS, main, parser

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?P<target>[^)#]+)[^)]*\)")


class Block(NamedTuple):
    language: str
    text: str


def blocks(document: str) -> list[Block]:
    return [Block(found["language"], found["text"]) for found in FENCE.finditer((ROOT / document).read_text("utf-8"))]


def shown_examples(document: str) -> list[tuple[str, str]]:
    """Return each block of Python that is followed by its output, with that output."""
    found = blocks(document)
    return [
        (block.text, after.text)
        for block, after in zip(found, [*found[1:], Block("", "")], strict=True)
        if (block.language, after.language) == ("python", "text")
    ]


@pytest.fixture
def beside_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds the sample where the documents say it is."""
    shutil.copytree(ROOT / "data" / "samples", tmp_path / "data" / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.usefixtures("beside_the_sample")
def test_the_code_of_the_readme_prints_what_it_shows() -> None:
    examples = shown_examples("README.md")
    assert len(examples) == sum(block.language == "python" for block in blocks("README.md")) >= 2
    names: dict[str, Any] = {}
    for code, output in examples:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "README.md", "exec"), names)
        assert printed.getvalue() == output


def commands(document: str) -> Iterator[list[str]]:
    """Yield the words of each call of the command line, without the program and without the remark behind it."""
    for block in blocks(document):
        for line in block.text.splitlines():
            words = line.split("#")[0].split()
            if words[:3] == ["python", "-m", "poolmatch"]:
                yield words[3:]


@pytest.mark.slow
@pytest.mark.usefixtures("beside_the_sample")
def test_the_commands_of_the_readme_do_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    sample = "data/samples/westerkwartier-2026-03"
    shown = list(commands("README.md"))
    assert {words[0] for words in shown} == set(COMMANDS)
    for words in shown:
        if words[0] == "compare":  # the other roster is any: here the same
            shutil.copy("roster/roster.csv", "other.csv")
        # The workbook of the template is empty; the sample stands in for one that was filled in.
        arguments = words if words[0] == "template" else [sample if word == "pool.xlsx" else word for word in words]
        assert main(arguments) == 0, capsys.readouterr().err
    assert Path("pool.xlsx").is_file()
    table = (ROOT / "README.md").read_text("utf-8")
    written = re.findall(r"^\| `(\w+\.\w+)` \|", table, re.MULTILINE)
    assert len(written) == 6
    assert sorted(written) == sorted(file.name for file in Path("roster").iterdir())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_flag_is_in_the_readme_and_the_other_way_round(command: str) -> None:
    whole = parser()
    places = next(item for item in whole._actions if isinstance(item, argparse._SubParsersAction))
    declared = {flag for item in places.choices[command]._actions for flag in item.option_strings}
    described = set()
    for line in re.findall(r"^\| `--.*\|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE):
        flags, who = line.split("|")[1:3]
        named = set(re.findall(r"`([\w-]+)`", who))
        if (command not in named) if who.strip().startswith("all") else (command in named):
            described |= set(re.findall(r"`(--[\w-]+)", flags))
    assert described == declared - {"-h", "--help"}


@pytest.mark.usefixtures("beside_the_sample")
def test_bad_input_has_the_exit_code_of_the_readme() -> None:
    assert main(["solve", "nowhere"]) == 2
    assert not Path("roster").exists()


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/release.md"])
def test_targets_of_make_exist(document: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lines = "\n".join(code_of(document))
    named = set(re.findall(r"^(?:PYTHON=\S+ )?make ([a-z]+)", lines, re.MULTILINE))
    assert named
    for name in named:
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), f"no target {name}"


def code_of(document: str) -> list[str]:
    """Return what a document shows as code: its blocks, and words between backticks."""
    text = (ROOT / document).read_text("utf-8")
    return [block.text for block in blocks(document)] + re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


@pytest.mark.parametrize(
    "document",
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *sorted(f"docs/{f.name}" for f in (ROOT / "docs").glob("*.md"))],
)
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in LINK.findall(path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{document} links to {target}"


# --- the walk-through of a rule ----------------------------------------------------------------------------


@pytest.mark.slow
def test_the_rule_of_the_walk_through_needs_nothing_else(tmp_path: Path) -> None:
    """Follow CONTRIBUTING.md to the letter in a copy of the tree, and run the tests that a rule must pass."""
    if (ROOT / "src" / "poolmatch" / "rules" / "day_length.py").exists():
        pytest.skip("somebody follows the walk-through in this tree: the suite itself tries the rule")
    for name in ("src", "docs", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(
        ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__", "test_*", "conftest.py")
    )
    for name in ("test_docs.py", "test_sample_data.py", "test_vocabulary.py", "rules/test_contract.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    steps = [
        block
        for block in blocks("CONTRIBUTING.md")
        if block.text.startswith("# src/") or block.text.startswith("# tests/")
    ]
    rule, test, registry, called = steps
    for step in (rule, test):
        file, text = step.text.split("\n", 1)
        target = tmp_path / file.removeprefix("# ")
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, "utf-8")
    insert_before(tmp_path, registry, {"    ": "    RestRule,"})
    insert_before(tmp_path, called, {"    ": '    "rest":'})
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check"], ["format", "--check"]):
        subprocess.run([*ruff, *command, "--no-cache", "src/poolmatch/rules", "tests/rules"], cwd=tmp_path, check=True)
    row = next(block for block in blocks("CONTRIBUTING.md") if block.text.startswith("| `"))
    insert_before(tmp_path, Block("", "# docs/rules.md\n" + row.text), {"| `": "| `rest` |"})
    environment = os.environ | {"PYTHONPATH": f"{tmp_path / 'src'}{os.pathsep}{tmp_path}"}
    subprocess.run([sys.executable, "-m", "tests.regenerate_rules_in_dutch"], cwd=tmp_path, env=environment, check=True)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", "-k", "not contract or day-length"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def insert_before(folder: Path, step: Block, places: dict[str, str]) -> None:
    """Insert each line of a step before the line of the file that begins as told; an import in its order."""
    file, *lines = step.text.rstrip("\n").split("\n")
    target = folder / file.removeprefix("# ")
    text = target.read_text("utf-8").split("\n")
    for line in lines:
        if line.startswith("from "):
            before = next(other for other in text if other.startswith("from ") and other > line)
        else:
            before = next(place for start, place in places.items() if line.startswith(start))
        text.insert(next(number for number, other in enumerate(text) if other.startswith(before)), line)
    target.write_text("\n".join(text), "utf-8")
