"""From a file in the vault to chunks: decoding, Markdown, chunking, words, scanning, watching."""
