"""Finding notes by word and by meaning, and notes similar to a note."""
