"""How many threads generate: one for each core that there really is, and that is free."""

import os

import psutil

_LOOK_SECONDS = 0.1


def default_threads(share: float = 1.0) -> int:
    """Threads for `share` of the physical cores that this process may use, at least one.

    Two threads on one core share its arithmetic units, and would only wait for each other. Takes
    a tenth of a second to see what is free: threads that wait for one that is not running spin,
    and on a busy machine two were seen to take 300 times as long as one.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    usable = usable or 1
    cores = min(usable, psutil.cpu_count(logical=False) or usable)
    free = usable * (1.0 - psutil.cpu_percent(interval=_LOOK_SECONDS) / 100)
    return max(1, min(round(cores * share), round(free)))
