"""Editing a note in place: the editor, drafts, and what happens when two have changed it."""
