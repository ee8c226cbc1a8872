"""The translation memory: every segment once translated or confirmed, found again exactly, in context, or by likeness."""
