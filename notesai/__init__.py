"""notesai: a desktop assistant over a folder of notes that never leave the machine."""

__version__ = "0.1.0"
