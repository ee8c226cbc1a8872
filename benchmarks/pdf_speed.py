"""How long reading a PDF of 2,000 pages takes, and how much memory: the target is 60 s on two cores.

    python -m benchmarks.pdf_speed [PAGES]

The file is made first: pages in two columns with running header and page number, 1,500 Chinese characters each. Seconds
are wall time of `Pdf.read`, and the processor's time in it; memory is the largest resident size of its process, the file included.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from documents.formats.pdf import Pdf
from tests.documents.formats.pdf_making import Drawn, made_pdf

_SIGNS = "国务院发展改革委员会关于进一步加强监督管理工作的通知各部门应当按照本办法规定职责范围内负责相关，。、"


def _page(number: int, chance: random.Random) -> list[Drawn]:
    page = [Drawn(72, 800, 9, "国务院公报"), Drawn(280, 40, 9, f"- {number} -")]
    for row in range(42):
        for left in (60, 310):
            page.append(Drawn(left, 760 - 16 * row, 12, "".join(chance.choices(_SIGNS, k=18))))
    return page


def main() -> None:
    """Makes the file, reads it, prints pages, MB, seconds and MB of memory."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    chance = random.Random(1)
    data = made_pdf([_page(number + 1, chance) for number in range(pages)])
    started = time.perf_counter()
    texts = Pdf().read(data)
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    characters = sum(len(text.text) for text in texts)
    print(
        f"{pages:,} pages, {len(data) / 1e6:.1f} MB, {characters:,} characters: "
        f"{seconds:.1f} s, of a processor {busy:.1f} s, {memory:,.0f} MB"
    )


if __name__ == "__main__":
    main()
