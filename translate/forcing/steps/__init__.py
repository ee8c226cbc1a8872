"""The steps that follow the engine, in order; each one sees what the steps before it left. To add one is to add one line."""

from translate.forcing.steps import aligned, bracketed, insertion, known, pronoun
from translate.forcing.steps.base import Draft, Means, Step

STEPS: tuple[Step, ...] = (known.STEP, bracketed.STEP, aligned.STEP, pronoun.STEP, insertion.STEP)

__all__ = ["STEPS", "Draft", "Means", "Step"]
