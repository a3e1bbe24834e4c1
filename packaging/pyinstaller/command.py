"""What the frozen `notesai` runs: the app, the engine process, or one of the commands."""

from multiprocessing import freeze_support

from notesai.__main__ import main

if __name__ == "__main__":
    freeze_support()
    main()
