"""How all notes fall into clusters, what these are about, and a plane that shows it."""
