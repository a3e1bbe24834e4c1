"""Asking one's notes: conversations, how they are kept, and how they are shown."""
