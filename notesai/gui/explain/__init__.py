"""What a failure means, in the window's language: what happened, what is safe, what to do.

Errors travel as a stable code with English texts that suit a terminal. Codes known here are put
in words that suit a window; of any other the engine's own words are shown, which say as much.
"""

from notesai.gui.explain.explanation import Explanation
from notesai.gui.explain.failures import failure
from notesai.gui.explain.program import broken_settings, engine_gone, unsaved_settings

__all__ = ["Explanation", "broken_settings", "engine_gone", "failure", "unsaved_settings"]
