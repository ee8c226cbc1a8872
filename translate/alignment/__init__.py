"""Which English words render which Chinese ones: evidence for finding a name's rendering in a translation."""
