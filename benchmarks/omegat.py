"""What OmegaT makes of our files: a memory that fills a project, an XLIFF that it opens and writes again.

    python -m benchmarks.omegat

Wants Debian's omegat (3.6, with Java). A sample document is translated, its TMX stands in tm/auto of an OmegaT project, its
Chinese in source/ as text and as XLIFF 1.2; OmegaT translates without a window. Told: how many sentences of the text became
exactly our English, how many sentences of the XLIFF came through unchanged, and every complaint in OmegaT's log.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lxml import etree

_ROOT = Path(__file__).resolve().parent.parent
_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>ZH-CN</source_lang><target_lang>EN</target_lang>
<source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""


def _sides(path: Path, unit: str, chinese: str, english: str) -> list[tuple[str, ...]]:
    """Both texts of each unit of a file."""
    units = etree.parse(path).iterfind(f".//{{*}}{unit}")
    return [tuple("".join(one.find(side).itertext()) for side in (chinese, english)) for one in units]


def main() -> None:
    """Make the project, run OmegaT over it, tell what became of it."""
    if shutil.which("omegat") is None:
        raise SystemExit("OmegaT is not installed (Debian: apt-get install omegat).")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        seed = sorted((_ROOT / "seeds").glob("*.txt"))[0]
        glossary = ["glossary", "build", str(_ROOT / "seeds"), "--out", str(folder / "g.csv")]
        batch = ["translate", "batch", str(seed), "--glossary", str(folder / "g.csv"), "--to", "tmx,xliff"]
        for command in (glossary, [*batch, "--out", str(folder / "out"), "--workspace", str(folder / "w.db")]):
            subprocess.run([sys.executable, "-m", *command], cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)
        [tmx], [xliff] = (folder / "out").glob("*.tmx"), (folder / "out").glob("*.xliff")
        project = folder / "project"
        for name in ("source", "target", "omegat", "tm/auto", "glossary", "dictionary"):
            (project / name).mkdir(parents=True)
        (project / "omegat.project").write_text(_PROJECT, encoding="utf-8")
        pairs = _sides(tmx, "tu", "tuv[1]/seg", "tuv[2]/seg")
        # A blank line between sentences: OmegaT cuts plain text there.
        (project / "source" / "text.txt").write_text("\n\n".join(zh for zh, _ in pairs) + "\n", encoding="utf-8")
        shutil.copy(xliff, project / "source")
        shutil.copy(tmx, project / "tm" / "auto")
        run = subprocess.run(
            ["omegat", str(project), "--mode=console-translate"],
            env={**os.environ, "HOME": place},
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        english = (project / "target" / "text.txt").read_text(encoding="utf-8").strip().split("\n\n")
        same = sum(ours == theirs for (_, ours), theirs in zip(pairs, english, strict=True))
        print(f"text: {same} of {len(pairs)} sentences are our English, from the TMX")
        before, after = (
            _sides(path, "trans-unit", "{*}source", "{*}target") for path in (xliff, project / "target" / xliff.name)
        )
        print(f"XLIFF: {sum(map(tuple.__eq__, before, after))} of {len(before)} sentences came through unchanged")
        complaints = [
            line for line in (run.stdout + run.stderr).splitlines() if "warn" in line.lower() or "error" in line.lower()
        ]
        print("\n".join(["OmegaT complains:", *complaints]) if complaints else "OmegaT complains of nothing")


if __name__ == "__main__":
    main()
