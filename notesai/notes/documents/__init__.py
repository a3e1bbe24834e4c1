"""Files of other programs (web pages, notebooks, PDF, Word, PowerPoint) as Markdown text."""
