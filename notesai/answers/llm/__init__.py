"""A GGUF model in a process of its own: what a crash or a runaway costs is that process."""
