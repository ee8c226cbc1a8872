"""Trains the model from packed pairs, in bf16 on a GPU, or on a processor with --half; goes on exactly where it was broken off.

    python -m training.neural.train DATA --out RUN --steps 60000 [--minutes 9] [--parts $OUT] [--processes 12]

DATA is what `prepare` wrote. RUN holds state.pt (everything, to go on from), the last snapshots (averaged at the end) and
log.jsonl. Ctrl+C saves; the same command again goes on. Needs numpy and PyTorch only.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.neural import checkpoints
from training.neural.batches import Batch, Plan, in_batches, stream
from training.neural.batches import example as drawn
from training.neural.losses import Candidates
from training.neural.model import Config, Transformer, count, loss_of
from training.neural.packing import Advice, Packed, read


@dataclasses.dataclass(frozen=True, slots=True)
class Schedule:
    """The learning rate: rises to `peak` over `warmup` steps, falls with the root of the steps, and to 0 in the last
    `cooling` share of `steps`. From step `anew` on, where the optimizers' memory begins, it rises over `again` steps."""

    steps: int
    peak: float = 1e-3
    warmup: int = 2000
    cooling: float = 0.2
    anew: int = 0
    again: int = 200

    def rate(self, step: int) -> float:
        """The rate of a step, counted from 1."""
        root = min(step / self.warmup, math.sqrt(self.warmup / step))
        falling = min(1.0, max(0.0, (self.steps - step + 1) / max(1.0, self.cooling * self.steps)))
        rising = min(1.0, (step - self.anew) / self.again) if self.anew else 1.0
        return self.peak * root * falling * rising


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of, beside its data. `every`: steps between checks on held-out pairs and snapshots; `keep`: so
    many snapshots are averaged at the end; `guided`: weight of the guided head's loss; `half`: bf16 on a processor too;
    `candidates`: the softmax is over so many tokens (0: over all); `muon`: that optimizer for the layers' matrices."""

    schedule: Schedule
    plan: Plan
    smoothing: float = 0.1
    guided: float = 0.3
    every: int = 1000
    keep: int = 8
    processes: int = 0
    seed: int = 1
    half: bool = False
    candidates: int = 0
    muon: bool = False


class Trainer:
    """A run in a folder. Made anew it goes on from the folder's state, if there is one."""

    def __init__(self, config: Config, settings: Settings, packed: Packed, out: Path, device: str = "cpu") -> None:
        self.settings, self.packed, self.out, self.device = settings, packed, out, device
        out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(settings.seed)
        self.model = Transformer(config).to(device)
        self.optimizers = optimizers_of(self.model, settings.muon)
        self.candidates = None
        if settings.candidates:
            counts = np.bincount(packed.target.ids, minlength=config.vocabulary)
            self.candidates = Candidates(counts, settings.candidates)
        self.step, self.chunk, self.at = 0, 0, 0
        self.stopped = False
        if (out / "state.pt").is_file():
            self._restore(checkpoints.load(out / "state.pt"))

    def run(self, steps: int, checks: dict[str, list[Batch]], seconds: float = math.inf) -> list[float]:
        """Learn until step `steps`, or so many seconds; the plain loss of each step. Saves the state at the end."""
        started = shown = time.monotonic()
        batches = stream(self.packed, self.settings.plan, self.chunk, self.at, self.settings.processes)
        losses: list[Tensor] = []
        tokens = 0
        while self.step < steps and time.monotonic() - started < seconds and not self.stopped:
            chunk, at, batch = next(batches)
            losses.append(self._learn(batch))
            tokens += batch.tokens
            self.step, self.chunk, self.at = self.step + 1, chunk, at + 1
            if self.step % self.settings.every == 0 or self.step == steps:
                passed = time.monotonic() - shown
                recent = torch.stack(losses[-self.settings.every :]).mean().item()
                self._report(recent, tokens / passed, checks)
                self.snapshot()
                shown, tokens = time.monotonic(), 0
        close(batches)
        self.save()
        return [float(loss) for loss in losses]

    def _learn(self, batch: Batch) -> Tensor:
        self.model.train()
        with self._precision():
            loss, plain = loss_of(
                self.model, *self._tensors(batch), self.settings.smoothing, self.settings.guided, self.candidates
            )
        self.model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = self.settings.schedule.rate(self.step + 1)
            optimizer.step()
        return plain

    def _precision(self) -> torch.autocast:
        return torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda" or self.settings.half)

    def _tensors(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor, tuple[Tensor, Tensor]]:
        arrays = (batch.source, batch.before, batch.after, batch.first, batch.last)
        source, before, after, first, last = (
            torch.from_numpy(array).to(self.device, non_blocking=True) for array in arrays
        )
        return source, before, after, (first, last)

    @torch.inference_mode()
    def check(self, batches: list[Batch]) -> dict[str, float]:
        """Plain loss a token over batches; for tagged ones also the share of names that the greedy English holds."""
        self.model.eval()
        total, tokens, names, kept = 0.0, 0, 0, 0
        for batch in batches:
            tensors = self._tensors(batch)
            with self._precision():
                total += loss_of(self.model, *tensors)[1].item() * batch.tokens
                tokens += batch.tokens
                if (batch.link >= 0).any():
                    english = self.model.greedy(tensors[0], batch.after.shape[1] + 10)
                    counted = [copied(batch, row, out) for row, out in enumerate(english)]
                    names += sum(of for _, of in counted)
                    kept += sum(n for n, _ in counted)
        found = {"loss": total / max(1, tokens)}
        return {**found, "names": names, "copied": kept / names} if names else found

    def _report(self, loss: float, speed: float, checks: dict[str, list[Batch]]) -> None:
        row: dict[str, Any] = {
            "step": self.step,
            "loss": round(loss, 4),
            "rate": self.settings.schedule.rate(self.step),
            "tokens_a_second": round(speed),
            "chunk": self.chunk,
        }
        for name, batches in checks.items():
            row |= {f"{name}_{key}": round(value, 4) for key, value in self.check(batches).items()}
        print(json.dumps(row), flush=True)
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def snapshot(self) -> None:
        """Keep the weights of this step for the average, and no more than the last few."""
        checkpoints.save({"weights": self._weights()}, self.out / f"snapshot-{self.step:08}.pt")
        for old in self.snapshots()[: -self.settings.keep]:
            old.unlink()

    def snapshots(self) -> list[Path]:
        """The kept snapshots, oldest first."""
        return sorted(self.out.glob("snapshot-*.pt"))

    def averaged(self) -> dict[str, Tensor]:
        """The mean of the kept snapshots, or the weights as they are where none is kept."""
        return checkpoints.average(self.snapshots()) if self.snapshots() else self._weights()

    def _weights(self) -> dict[str, Tensor]:
        return {name: weight.detach().cpu() for name, weight in self.model.state_dict().items()}

    def save(self) -> None:
        """Write everything that the next run needs to go on as if there had been no break."""
        state = {
            "weights": self._weights(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "step": self.step,
            "chunk": self.chunk,
            "at": self.at,
            "anew": self.settings.schedule.anew,
            "random": torch.get_rng_state(),
            "config": dataclasses.asdict(self.model.config),
        }
        if self.device == "cuda":
            state["random_cuda"] = torch.cuda.get_rng_state()
        checkpoints.save(state, self.out / "state.pt")

    def _restore(self, state: dict[str, Any]) -> None:
        held, config = Config(**state["config"]), self.model.config
        if dataclasses.replace(held, dropout=config.dropout) != config:
            raise ValueError(f"{self.out}: holds a run of a model of other sizes; name another folder.")
        self.model.load_state_dict(state["weights"])
        schedule = dataclasses.replace(self.settings.schedule, anew=state.get("anew", 0))
        self.settings = dataclasses.replace(self.settings, schedule=schedule)
        # A run that was taken up from weights alone has no memory yet.
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=bool(state["optimizers"])):
            optimizer.load_state_dict(saved)
        self.step, self.chunk, self.at = state["step"], state["chunk"], state["at"]
        torch.set_rng_state(state["random"])
        if self.device == "cuda" and "random_cuda" in state:
            torch.cuda.set_rng_state(state["random_cuda"])


def with_advice(packed: Packed, path: Path) -> Packed:
    """The pairs with what the draft advises of some of them, if there is such a file."""
    return dataclasses.replace(packed, advice=Advice.read(path)) if path.is_file() else packed


def apart(packed: Packed) -> Packed:
    """The pairs of which advice is known as a domain of their own, `advised`."""
    if packed.advice is None:
        return packed
    domain = packed.domain.copy()
    domain[packed.advice.pairs] = len(packed.meta.domains)
    domains, weights = (*packed.meta.domains, "advised"), (*packed.meta.weights, 1.0)
    meta = dataclasses.replace(packed.meta, domains=domains, weights=weights)
    return dataclasses.replace(packed, meta=meta, domain=domain)


def reweighted(packed: Packed, said: list[str]) -> Packed:
    """The pairs with other weights of some domains (`tw_law=4`). Raises ValueError for a domain that there is not."""
    weights = dict(zip(packed.meta.domains, packed.meta.weights, strict=True))
    for one in said:
        domain, _, weight = one.partition("=")
        if domain not in weights:
            raise ValueError(f"--weight {one}: the pairs have no domain {domain}; there are {', '.join(weights)}.")
        weights[domain] = float(weight)
    return dataclasses.replace(packed, meta=dataclasses.replace(packed.meta, weights=tuple(weights.values())))


def optimizers_of(model: Transformer, muon: bool) -> list[torch.optim.Optimizer]:
    """AdamW for all weights, or Muon (Jordan et al. 2024) for the matrices of the layers and AdamW for the rest."""
    inner: list[Tensor] = []
    outer: list[Tensor] = []
    for name, weight in model.named_parameters():
        (inner if muon and weight.ndim == 2 and "embedding" not in name else outer).append(weight)
    made: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(outer, lr=0.0, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.01, fused=True)
    ]
    if inner:
        made.append(torch.optim.Muon(inner, lr=0.0, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"))
    return made


def close(batches: Iterator[Any]) -> None:
    """End the processes behind a stream."""
    if hasattr(batches, "close"):
        batches.close()


def copied(batch: Batch, row: int, english: list[int]) -> tuple[int, int]:
    """(names of a batch's row that stand in English token for token, names in all)."""
    link, after = batch.link[row], batch.after[row]
    starts = [at for at in np.flatnonzero(link >= 0).tolist() if at == 0 or link[at] != link[at - 1] + 1]
    held = 0
    for start in starts:
        end = start + 1
        while end < len(link) and link[end] == link[end - 1] + 1:
            end += 1
        name = after[start:end].tolist()
        held += any(english[at : at + len(name)] == name for at in range(len(english) - len(name) + 1))
    return held, len(starts)


def checks_of(packed: Packed, plan: Plan, most: int = 400) -> dict[str, list[Batch]]:
    """Held-out pairs of each domain as they are, with the lexicon's English, and with all their terms tagged; always the same."""
    found: dict[str, list[Batch]] = {}
    bare = dataclasses.replace(plan, tagged=0.0, exchanged=0.0, exchanged_plain=0.0, told=(0.0,), advised=0.0)
    for number, domain in enumerate(packed.meta.domains):
        members = np.flatnonzero(packed.domain == number)[:most].tolist()
        rng = np.random.default_rng(7)
        told = dataclasses.replace(bare, told=(1.0,))
        advised = [
            drawn(packed, at, rng, dataclasses.replace(bare, advised=1.0)) for at in members if packed.advice_of(at)
        ]
        found[f"{domain}_advised"] = in_batches(packed, advised, plan.tokens)
        found[f"{domain}_told"] = in_batches(packed, [drawn(packed, at, rng, told) for at in members], plan.tokens)
        found[domain] = in_batches(packed, [drawn(packed, at, rng, bare) for at in members], plan.tokens)
        tagged = dataclasses.replace(bare, tagged=1.0, exchanged=0.3)
        marked = [drawn(packed, at, rng, tagged) for at in members]
        marked = [one for one in marked if one.links]
        if marked:
            found[f"{domain}_tagged"] = in_batches(packed, marked[: most // 2], plan.tokens)
    return {name: batches for name, batches in found.items() if batches}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=60_000)
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="save and end after so long; run again to go on"
    )
    parser.add_argument("--parts", type=Path, help="write the averaged weights there, in parts of at most 16 MiB")
    parser.add_argument("--processes", type=int, default=0, help="that make batches")
    parser.add_argument("--threads", type=int, default=0, help="of PyTorch on a processor (0: its own choice)")
    parser.add_argument("--half", action="store_true", help="bf16 on a processor too (one with AMX or AVX512-BF16)")
    parser.add_argument("--candidates", type=int, default=0, help="softmax over so many tokens (0: over all)")
    parser.add_argument(
        "--weight", action="append", default=[], metavar="DOMAIN=N", help="pairs of it are seen N times"
    )
    parser.add_argument(
        "--cooling", type=float, default=0.2, help="the last share of the steps, in which the rate falls"
    )
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn: branches of one run differ in it")
    parser.add_argument("--muon", action="store_true", help="Muon for the matrices of the layers, AdamW for the rest")
    for name, default in (("tokens", 32_768), ("warmup", 2000), ("every", 1000), ("keep", 8), ("checked", 400)):
        parser.add_argument(f"--{name}", type=int, default=default)
    for name, default in (("peak", 1e-3), ("guided", 0.3)):
        parser.add_argument(f"--{name}", type=float, default=default)
    for field in dataclasses.fields(Config):
        if field.name not in ("vocabulary", "pad", "begin", "end", "positions"):
            parser.add_argument(
                f"--{field.name.replace('_', '-')}",
                type=type(field.default),
                default=field.default,
                help="of the model",
            )
    given = parser.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    packed, held = (
        with_advice(read(given.data / f"{name}.pack"), given.data / f"{name}.advice.npz")
        for name in ("train", "held_out")
    )
    packed = reweighted(apart(packed), given.weight)
    meta = packed.meta
    sizes = {f.name: getattr(given, f.name) for f in dataclasses.fields(Config) if hasattr(given, f.name)}
    config = Config(**sizes, vocabulary=meta.vocabulary, pad=meta.pad, begin=meta.begin, end=meta.end)
    plan = Plan(tokens=given.tokens, seed=given.seed)
    schedule = Schedule(given.steps, given.peak, given.warmup, given.cooling)
    settings = Settings(
        schedule,
        plan,
        guided=given.guided,
        every=given.every,
        keep=given.keep,
        processes=given.processes,
        seed=given.seed,
        half=given.half,
        candidates=given.candidates,
        muon=given.muon,
    )
    device = "cuda" if torch.cuda.is_available() else "cpu"
    trainer = Trainer(config, settings, packed, given.out, device)
    print(
        f"{count(trainer.model):,} parameters, {len(packed):,} pairs, from step {trainer.step}, on {device}", flush=True
    )
    signal.signal(signal.SIGINT, lambda *_: setattr(trainer, "stopped", True))
    trainer.run(given.steps, checks_of(held, plan, given.checked), given.minutes * 60)
    checkpoints.save_parts(trainer.averaged(), config, given.parts or given.out / "averaged")


if __name__ == "__main__":
    main()
