"""A reviewed file on its way back: read, matched with the sentences of the workspace, saved or told as a conflict."""
