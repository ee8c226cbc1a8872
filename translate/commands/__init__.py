"""Commands of `python -m translate` that are too long for its __main__."""
