"""The steps that follow the engine, in order; each one sees what the steps before it left. To add one is to add one line."""

from translate.forcing.steps import agent, aligned, attached, bracketed, insertion, known, pronoun, towards
from translate.forcing.steps.base import Draft, Means, Step

STEPS: tuple[Step, ...] = (
    known.STEP,
    bracketed.STEP,
    aligned.STEP,
    pronoun.STEP,
    aligned.LIKELY_STEP,
    agent.STEP,
    towards.STEP,
    attached.STEP,
    insertion.STEP,
)

__all__ = ["STEPS", "Draft", "Means", "Step"]
