"""Answers from the notes, with sources."""
