"""A note as the embedding model sees it."""
