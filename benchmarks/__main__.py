"""make bench: every benchmark, one after the other; one that lacks its data says so in a line and the others run."""

from __future__ import annotations

from benchmarks import (
    agency_news,
    batch_scale,
    builtin_choice,
    chaos,
    cleaning,
    cleaning_simulated,
    draft_law,
    draft_quality,
    draft_terms,
    engines_throughput,
    false_alarms,
    forcing_overhead,
    fuzzing,
    glossary_mentions,
    glossary_names,
    glossary_scale,
    libreoffice,
    memory_scale,
    misbehaving,
    mixed_files,
    omegat,
    overlap,
    pdf_speed,
    reader_speed,
    unrendered,
    wmt25_terms,
)

BENCHMARKS = {
    "cleaning": cleaning.main,
    "cleaning, simulated noise on real sentences": cleaning_simulated.main,
    "draft and gloss on FLORES dev, law, general text": draft_quality.main,
    "offline engines on agency news": agency_news.main,
    "the built-in model beside the draft": builtin_choice.main,
    "when a sentence is drafted as law": draft_law.main,
    "terms in the draft": draft_terms.main,
    "benchmarks within the training pairs": overlap.main,
    "names found and their English": glossary_names.main,
    "bodies in single sentences": glossary_mentions.main,
    "batch under 200 seeded kills": chaos.main,
    "the batch at size": batch_scale.main,
    "translation memory of a million units": memory_scale.main,
    "online engine against 50 ms latency": engines_throughput.main,
    "glossary of 100,000 names": glossary_scale.main,
    "terms forced into five systems' outputs": wmt25_terms.main,
    "what forcing and checking cost": forcing_overhead.main,
    "false alarms of the quality checks": false_alarms.main,
    "marks on words without English": unrendered.main,
    "engines that misbehave": misbehaving.main,
    "properties and damaged files, at length": fuzzing.main,
    "500 files of many kinds, 50 of them broken": mixed_files.main,
    "memory and XLIFF in OmegaT": omegat.main,
    "what we write, opened by LibreOffice": libreoffice.main,
    "a PDF of 2,000 pages": pdf_speed.main,
    "readers of formats": reader_speed.main,
}


def main() -> None:
    """Run them all."""
    for name, run in BENCHMARKS.items():
        print(f"\n== {name}\n", flush=True)
        try:
            run()
        except SystemExit as missing:
            print(missing)


if __name__ == "__main__":
    main()
