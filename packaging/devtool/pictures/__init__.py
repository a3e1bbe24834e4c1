"""Pictures of every view of the window. Alone in `devtool` it runs inside `.venv`, with PySide6."""
