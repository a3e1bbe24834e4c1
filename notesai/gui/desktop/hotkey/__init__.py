"""The global hotkey: one combination of keys that calls notesai from anywhere."""
