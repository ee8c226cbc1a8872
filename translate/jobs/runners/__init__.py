"""Where chunks are asked: in this process, or on the workers of a cluster. To add one is to add one module."""

from translate.jobs.runners.base import Runner
from translate.jobs.runners.local import LocalRunner

RUNNERS = ("local", "dask")

__all__ = ["RUNNERS", "LocalRunner", "Runner"]
