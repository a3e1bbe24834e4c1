"""Notes that belong together: what is beside the note that is read, and notes side by side."""
