"""Quick search: one field above all other windows, for a note in three keystrokes."""
