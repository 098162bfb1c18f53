"""What station and digest say to each other: one JSON object a line, over the process's own pipes.

Station says `{"wake": id}`, `{"limits": {days, gigabytes, sizes}}` and `{"call": n, "name": …, "args": {…}}`;
digest says `{"ready": true, "mark": id}`, `{"mark": id, "changes": [[kind, [ids]]…]}`,
`{"reply": n, "result": …}` or `{"reply": n, "error": {…}}`, `{"alive": id}` and `{"trouble": text}`.
The end of standard input means: finish and go.
"""

import queue
import threading
from collections.abc import Sequence
from typing import BinaryIO

import orjson

from vedette.domain.changes import Change
from vedette.domain.json import JsonObject, JsonValue


class Channel:
    """Reads in a thread of its own, so that digest can work while the station speaks."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO, limits: str = "") -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self.limits: JsonObject = orjson.loads(limits) if limits else {}
        """How long and how much to keep, and how large things may be, as the station last said it."""
        self._messages: queue.SimpleQueue[JsonObject | None] = queue.SimpleQueue()
        self.is_closed = False
        threading.Thread(target=self._read, name="digest input", daemon=True).start()

    def _read(self) -> None:
        for line in self._incoming:
            try:
                message = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue
            if isinstance(message, dict):
                self._messages.put(message)
        self._messages.put(None)

    def wait(self, seconds: float) -> list[JsonObject]:
        """Return the calls that have come, waiting up to *seconds* for the first message of any kind.

        Wake-ups end the waiting and are not returned. Sets `is_closed` when the station is gone.
        """
        calls: list[JsonObject] = []
        timeout: float | None = seconds
        while True:
            try:
                message = self._messages.get(timeout=timeout) if timeout else self._messages.get_nowait()
            except queue.Empty:
                return calls
            timeout = None
            if message is None:
                self.is_closed = True
                return calls
            if "call" in message:
                calls.append(message)
            elif isinstance(message.get("limits"), dict):
                self.limits = message["limits"]

    def say(self, message: JsonObject) -> None:
        """Send *message*; a station that is gone is found by `wait`, not here."""
        try:
            self._outgoing.write(orjson.dumps(message) + b"\n")
            self._outgoing.flush()
        except (BrokenPipeError, OSError):
            self.is_closed = True

    def say_changes(self, mark: int, changes: Sequence[Change]) -> None:
        self.say({"mark": mark, "changes": [change.to_json() for change in changes]})

    def reply(self, number: JsonValue, result: JsonValue) -> None:
        self.say({"reply": number, "result": result})

    def refuse(self, number: JsonValue, code: str, text: str) -> None:
        self.say({"reply": number, "error": {"code": code, "detail": text}})
