"""The engine: the facade over index, search and answers, and the process that serves it."""
