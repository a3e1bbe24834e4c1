"""Making the installers; `facts` alone runs inside `.venv`, with notesai itself."""
