"""Word alignment of the pairs by eflomal (Östling & Tiedemann 2016), both ways, joined by grow-diag-final-and.

    python -m training.draft.align WORK_DIR

Reads chinese.txt, english.txt and pairs.npz; writes links.npz. About seven minutes for a million pairs.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numba
import numpy as np
from numpy.typing import NDArray

from training.draft.pairs import Pairs, load


def links_of(folder: Path) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """(pairs of word numbers (Chinese, English) (n, 2), where each sentence begins in them)."""
    arrays = np.load(folder / "links.npz")
    return arrays["links"], arrays["starts"]


@numba.njit(cache=True)
def _join(forward, fstarts, backward, bstarts, zs, es, marks, out, ostarts):
    """grow-diag-final-and; a class of the English is linked to the word it renders and to no other."""
    n = 0
    for s in range(len(zs) - 1):
        lz, le = zs[s + 1] - zs[s], es[s + 1] - es[s]
        f = np.zeros((lz, le), np.bool_)
        b = np.zeros((lz, le), np.bool_)
        for k in range(fstarts[s], fstarts[s + 1]):
            f[forward[k, 0], forward[k, 1]] = True
        for k in range(bstarts[s], bstarts[s + 1]):
            b[backward[k, 0], backward[k, 1]] = True
        a = f & b
        zused = np.zeros(lz, np.bool_)
        eused = np.zeros(le, np.bool_)
        for i in range(lz):
            for j in range(le):
                if a[i, j]:
                    zused[i] = eused[j] = True
        grown = True
        while grown:
            grown = False
            for i in range(lz):
                for j in range(le):
                    if not a[i, j]:
                        continue
                    for di in range(-1, 2):
                        for dj in range(-1, 2):
                            x, y = i + di, j + dj
                            inside = 0 <= x < lz and 0 <= y < le
                            if inside and not a[x, y] and (f[x, y] or b[x, y]) and not (zused[x] and eused[y]):
                                a[x, y] = zused[x] = eused[y] = True
                                grown = True
        for way in range(2):
            m = f if way == 0 else b
            for i in range(lz):
                for j in range(le):
                    if m[i, j] and not zused[i] and not eused[j]:
                        a[i, j] = zused[i] = eused[j] = True
        for j in range(le):
            mark = marks[es[s] + j]
            if mark >= 0:
                a[mark, :] = False
                a[:, j] = False
        for j in range(le):
            mark = marks[es[s] + j]
            if mark >= 0:
                a[mark, j] = True
        for i in range(lz):
            for j in range(le):
                if a[i, j]:
                    out[n, 0], out[n, 1] = i, j
                    n += 1
        ostarts[s + 1] = n
    return n


def joined(pairs: Pairs, forward: Path, backward: Path) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Both files of the aligner as one alignment, as `links_of` gives it."""
    one, one_starts = _read(forward)
    two, two_starts = _read(backward)
    out = np.empty((len(one) + len(two) + len(pairs.links), 2), np.int32)
    starts = np.zeros(len(pairs.chinese.starts), np.int64)
    count = _join(
        one, one_starts, two, two_starts, pairs.chinese.starts, pairs.english.starts, pairs.links, out, starts
    )
    return out[:count], starts


def _read(path: Path) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    lines = path.read_text(encoding="ascii").split("\n")[:-1]
    counts = np.fromiter((line.count("-") for line in lines), np.int64, len(lines))
    numbers = np.array(" ".join(lines).replace("-", " ").split(), np.int32)
    return numbers.reshape(-1, 2), np.r_[0, np.cumsum(counts)]


def main() -> None:
    """Command line."""
    import eflomal

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    work = parser.parse_args().work
    ways = work / "forward.links", work / "backward.links"
    with (work / "chinese.txt").open(encoding="utf-8") as one, (work / "english.txt").open(encoding="utf-8") as two:
        eflomal.Aligner().align(one, two, links_filename_fwd=str(ways[0]), links_filename_rev=str(ways[1]), quiet=False)
    links, starts = joined(load(work), *ways)
    np.savez(work / "links.npz", links=links, starts=starts)
    print(f"{len(links):,} links")


if __name__ == "__main__":
    main()
