"""`notesai engine`, looking again soon for what it waits for.

python quick_engine.py VAULT
"""

import sys
from pathlib import Path

from notesai.engine import server, upkeep

if __name__ == "__main__":
    server.PROMOTION_SECONDS = 0.3
    upkeep.RETRY_SECONDS = 0.3
    server.serve(Path(sys.argv[1]))
