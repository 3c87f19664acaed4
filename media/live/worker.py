"""The process of one live: decodes, draws, encodes and records; has no network.

Started by media/live/supervisor.py as `python -m media.live.worker PARENT_PID`; the first message
is the spec, then {"slice", "number"}, {"pin"}, {"mute"} and {"end"} in any order. It ends at once
when its standard input does.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import traceback
from typing import Any

import av

from media.live import wire
from media.live.clock import Clock, Pin
from media.live.intake import Intake, TurnAway
from media.live.mouth import Mouth
from media.live.output import Output
from media.live.space import Space, copied_later
from media.live.spec import LiveSpec
from media.live.zero import kept_zero
from media.workers.limits import confine

# Five hours of the highest rate; a recording over it is a fault.
_FILE_BYTES = 16 << 30
# Seen and heard by the second, as pages are; only the drawing of pictures and clips can wait.
_NICENESS = 0
_RATE_SECONDS = 30


def main() -> None:
    """Run one live until it is told to end."""
    confine(int(sys.argv[1]), int(sys.argv[2]), file_bytes=_FILE_BYTES, niceness=_NICENESS)
    faulthandler.enable()
    end_with_any_thread()
    av.logging.set_level(None)  # a line a picture otherwise, where a stranger's bytes are broken
    mouth = Mouth(os.dup(1))
    os.dup2(2, 1)  # a library that prints would break the protocol
    first = wire.read(sys.stdin.buffer)
    if first is None:
        os._exit(0)
    spec = LiveSpec.from_wire(first[0]["spec"])
    _Live(spec, mouth).run()
    mouth.close()
    os._exit(0)


def end_with_any_thread() -> None:
    """End the process when a thread of it breaks: one that is deaf, or records no more, would be taken for well."""
    def end(broken: threading.ExceptHookArgs) -> None:
        traceback.print_exception(broken.exc_type, broken.exc_value, broken.exc_traceback)
        sys.stderr.flush()
        os._exit(1)

    threading.excepthook = end


class _Live:
    def __init__(self, spec: LiveSpec, mouth: Mouth) -> None:
        self._mouth = mouth
        self._bytes_in = 0
        zero = kept_zero(spec.folder)
        self._folder, self._space = spec.folder, Space(spec.folder, spec.leave_bytes)
        self._coded_rate = (spec.video_rate + spec.audio_rate) / 8
        self._taken_rate = 0.0
        self._seen_bytes = 0
        self._intake = Intake(spec.folder, self._space, self._turned_away)
        self._clock = Clock(spec, self._intake, zero, self._tell)
        self._output = Output(spec, zero, mouth.say)

    def run(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        self._mouth.say({"ready": True})
        self._clock.run(self._output.put)
        self._output.close()
        self._mouth.say({"ended": True})

    def _listen(self) -> None:
        while (message := wire.read(sys.stdin.buffer)) is not None:
            head, body = message
            if "slice" in head:
                self._slice(head, body)
            elif "pin" in head:
                self._clock.pin(Pin(head["pin"], body or None, head["name"]))
            elif "mute" in head:
                self._clock.is_muted = head["mute"]
            elif "end" in head:
                self._clock.is_over = True
        if not self._clock.is_over:
            os._exit(0)

    def _slice(self, head: dict[str, Any], body: bytes) -> None:
        connection, number = head["slice"], head["number"]
        try:
            self._intake.take(connection.partition("/")[0], number, body, is_decoded=head["decode"])
        except TurnAway as away:
            self._mouth.say({"refused": connection, "number": number, "key": away.key})
        else:
            self._bytes_in += len(body)
            self._mouth.say({"acked": connection, "number": number})

    def _turned_away(self, recorder: str, key: str) -> None:
        self._mouth.say({"refused": recorder, "number": -1, "key": key})

    def _tell(self, said: dict[str, Any]) -> None:
        if "second" not in said:
            self._mouth.say(said)
            return
        counts = self._clock.counts
        self._mouth.say({"stats": {
            "frames": counts.frames, "late": counts.late, "shown": counts.shown, "bytes_in": self._bytes_in,
            "level_db": round(counts.level_db(), 1), "seconds": said["second"], "minutes_left": self._minutes_left()}})

    def _minutes_left(self) -> int:
        """Asked each second."""
        self._taken_rate += (self._bytes_in - self._seen_bytes - self._taken_rate) / _RATE_SECONDS
        self._seen_bytes = self._bytes_in
        # After the show all is copied once more, the phone's slices and what went out.
        return self._space.minutes_left(2 * self._coded_rate + 2 * self._taken_rate, owed_bytes=copied_later(self._folder))


if __name__ == "__main__":
    main()
