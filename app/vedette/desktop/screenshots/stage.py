"""A bridge whose answers can be held back or made to fail, so that such states hold still for a picture."""

from enum import Enum, auto
from typing import Any

from typing_extensions import override

from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.tickets import Ticket
from vedette.desktop.bridge.workers import Job

FAILURE = "The database is being written by another program."


class Stage(Enum):
    """What becomes of a question."""

    ANSWERS = auto()
    HOLDS = auto()
    FAILS = auto()


class StagedBridge(Bridge):
    """A real bridge to a real workspace; ``stage`` decides what becomes of questions asked from now on."""

    stage = Stage.ANSWERS

    @override
    def _put(self, job: Job) -> Ticket:
        if self.stage is Stage.HOLDS:
            return job.ticket
        if self.stage is Stage.FAILS:
            job.work, job.args, job.limit = _fail, (), None
        return super()._put(job)


def _fail(*_: Any) -> None:
    raise BlockingIOError(FAILURE)
