"""The process that cuts a show's recording: as media/workers/worker.py, but it may write files as large as a show."""

from __future__ import annotations

from media.workers.worker import main

# As media/live/worker.py may write.
_FILE_BYTES = 16 << 30

if __name__ == "__main__":
    main(_FILE_BYTES)
