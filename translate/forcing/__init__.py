"""Forcing: every occurrence of a term gets its English name, step by step, each step checked before the next."""
