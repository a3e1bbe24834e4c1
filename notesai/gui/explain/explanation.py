"""What is said of a failure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """`what` happened, and a `hint`: what is safe and what to do."""

    what: str
    hint: str = ""
