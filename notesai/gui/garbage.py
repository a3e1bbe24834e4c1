"""Python's search for cyclic garbage, kept out of the way of what a person waits for.

It walks all objects every so often, and a window that has just started has made 60,000 that stay:
30 ms in all on the way to the first picture, and as much again in one piece soon after it.
"""

import gc


def wait() -> None:
    """Look for no garbage until `go_on`."""
    gc.disable()


def go_on() -> None:
    """Look for garbage again, but no more among what there is now, which is here to stay.

    What of it is used no more is still freed, unless it hangs together in a circle. Does nothing
    unless `wait` came before.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
