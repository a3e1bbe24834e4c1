"""The window: PySide6 alone, speaking to the engine through `notesai.engine.protocol`."""
