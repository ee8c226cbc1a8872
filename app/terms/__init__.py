"""What the Glossary page is made of: the list of terms, a term's panel and form, conflicts, history, import and export."""
