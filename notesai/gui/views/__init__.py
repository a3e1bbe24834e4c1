"""The pages of the window: search, notes, status."""
