"""From a note's text to the HTML that the reader shows: pure text work, piece by piece."""
