"""The index: what is stored of the notes, how it follows the folder, how it is kept healthy."""
