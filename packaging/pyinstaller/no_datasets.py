"""What the frozen program has for `pyarrow.dataset`, whose libraries of 18 MB it leaves out.

LanceDB asks whether the data it is given is one of these. notesai gives it tables and batches
alone.
"""


class Dataset:
    """What nothing is an instance of."""


class Scanner:
    """What nothing is an instance of."""
