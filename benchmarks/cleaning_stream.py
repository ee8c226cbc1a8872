"""A file too large for memory through `python -m documents clean`: time, and the most memory the command ever held.

Run: python -m benchmarks.cleaning_stream [MEGABYTES]      (1000 takes some minutes and as much disk again)
The file is made of the seeds and invented paragraphs, no two alike, in a temporary folder.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PARAGRAPH = "{n}日，第{n}号公告发布，海关与计量机构就第{m}批设备开展合作，双方一致认为应当加强核安保领域的交流。参会人员共{m}名。\n"


def write_pages(path: Path, megabytes: int) -> None:
    """About so many megabytes of pages: one of the seeds, then two hundred paragraphs of text, over and over."""
    seeds = [seed.read_text(encoding="utf-8") for seed in sorted((ROOT / "seeds").glob("*.txt"))]
    number = size = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        while size < megabytes * 1_000_000:
            page = seeds[number % len(seeds)] + "".join(
                _PARAGRAPH.format(n=number * 200 + line, m=line) for line in range(200)
            )
            number += 1
            size += len(page.encode())
            file.write(page)


def main(megabytes: int = 100) -> None:
    """Print megabytes a second and the peak."""
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages.txt"
        write_pages(pages, megabytes)
        command = [sys.executable, "-m", "documents", "clean", str(pages), "--out", str(Path(folder) / "out")]
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"One file of {megabytes} MB: {seconds:.0f} s, {megabytes / seconds:.2f} MB/s, peak {peak:.0f} MB of memory")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
