"""English for a Chinese name when the authority file has none: composed by grammar from parts that are known."""
