"""Sessions of applications: what an update says, how updates of one session join, and what each counts for.

Source: the reference's "Sessions and release health".
"""

from dataclasses import dataclass, replace
from enum import IntFlag, StrEnum

from vedette.domain.times import Micros


class SessionStatus(StrEnum):
    """Where a session stands. All but ``ok``, which is running, are final."""

    OK = "ok"
    EXITED = "exited"
    CRASHED = "crashed"
    ABNORMAL = "abnormal"
    ERRORED = "errored"
    UNHANDLED = "unhandled"

    @property
    def is_final(self) -> bool:
        return self is not SessionStatus.OK


class UserMark(IntFlag):
    """What befell a user within an hour; what is known of several sessions is joined with ``|``."""

    SEEN = 1
    ERRORED = 2  # whatever went wrong: all that follow are errored as well
    CRASHED = 4
    ABNORMAL = 8
    UNHANDLED = 16
    ANR_FOREGROUND = 32
    ANR_BACKGROUND = 64


@dataclass(frozen=True, slots=True)
class SessionCounts:
    """Numbers of sessions. ``errored`` is every one with errors, however it ended."""

    total: int = 0
    errored: int = 0
    crashed: int = 0
    abnormal: int = 0
    unhandled: int = 0

    def minus(self, other: "SessionCounts") -> "SessionCounts":
        return SessionCounts(
            self.total - other.total,
            self.errored - other.errored,
            self.crashed - other.crashed,
            self.abnormal - other.abnormal,
            self.unhandled - other.unhandled,
        )

    @property
    def values(self) -> tuple[int, int, int, int, int]:
        return self.total, self.errored, self.crashed, self.abnormal, self.unhandled

    @property
    def healthy(self) -> int:
        return max(0, self.total - self.errored)

    @property
    def errored_shown(self) -> int:
        """Those with errors that ended as they should."""
        return max(0, self.errored - self.crashed - self.abnormal - self.unhandled)


@dataclass(frozen=True, slots=True)
class SessionAttributes:
    """What sessions are counted by."""

    release: str
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class SessionUpdate:
    """One word of a client about one session of it. ``duration`` is in microseconds."""

    attributes: SessionAttributes
    sid: bytes  # 16
    user: str | None
    seq: int
    init: bool
    started: Micros
    timestamp: Micros
    status: SessionStatus
    errors: int
    duration: int
    mechanism: str = ""  # anr_foreground, anr_background


@dataclass(frozen=True, slots=True)
class SessionAggregate:
    """Sessions that a server counted itself, those that began within a minute. ``errored`` did not crash."""

    attributes: SessionAttributes
    started: Micros
    user: str | None
    exited: int = 0
    errored: int = 0
    abnormal: int = 0
    unhandled: int = 0
    crashed: int = 0

    @property
    def counts(self) -> SessionCounts:
        wrong = self.errored + self.crashed + self.abnormal + self.unhandled
        return SessionCounts(self.exited + wrong, wrong, self.crashed, self.abnormal, self.unhandled)

    @property
    def mark(self) -> UserMark:
        mark = UserMark.SEEN
        for number, sign in (
            (self.errored, UserMark.ERRORED),
            (self.crashed, UserMark.ERRORED | UserMark.CRASHED),
            (self.abnormal, UserMark.ERRORED | UserMark.ABNORMAL),
            (self.unhandled, UserMark.ERRORED | UserMark.UNHANDLED),
        ):
            if number:
                mark |= sign
        return mark


@dataclass(frozen=True, slots=True)
class SessionState:
    """What all updates of a session so far amount to. ``started`` is the first one's, for good."""

    seq: int
    init: bool
    started: Micros
    status: SessionStatus
    errors: int
    duration: int
    mechanism: str = ""

    @classmethod
    def of(cls, update: SessionUpdate) -> "SessionState":
        return cls(
            update.seq,
            update.init,
            update.started,
            update.status,
            update.errors,
            update.duration,
            update.mechanism,
        )

    def updated(self, update: SessionUpdate) -> "SessionState":
        """Return the state after *update*, which may come late.

        The higher ``seq`` tells, at equal ones what came last; what is final stays, and a late beginning
        still makes the session count.
        """
        state = replace(self, init=self.init or update.init, errors=max(self.errors, update.errors))
        if self.status.is_final or update.seq < self.seq:
            return state
        return replace(
            state,
            seq=update.seq,
            status=update.status,
            duration=update.duration,
            mechanism=update.mechanism,
        )

    @property
    def counts(self) -> SessionCounts:
        """What the session adds to the counts of the time it began in."""
        status = self.status
        return SessionCounts(
            total=int(self.init),
            errored=int(self._is_errored),
            crashed=int(status is SessionStatus.CRASHED),
            abnormal=int(status is SessionStatus.ABNORMAL),
            unhandled=int(status is SessionStatus.UNHANDLED),
        )

    @property
    def _is_errored(self) -> bool:
        return self.errors > 0 or self.status not in (SessionStatus.OK, SessionStatus.EXITED)

    @property
    def mark(self) -> UserMark:
        """What the session says of its user."""
        mark = UserMark.SEEN | _MARKS.get(self.status, UserMark(0))
        if self._is_errored:
            mark |= UserMark.ERRORED
        if self.status is SessionStatus.ABNORMAL:
            mark |= _MECHANISMS.get(self.mechanism, UserMark(0))
        return mark


_MARKS = {
    SessionStatus.CRASHED: UserMark.CRASHED,
    SessionStatus.ABNORMAL: UserMark.ABNORMAL,
    SessionStatus.UNHANDLED: UserMark.UNHANDLED,
}
_MECHANISMS = {"anr_foreground": UserMark.ANR_FOREGROUND, "anr_background": UserMark.ANR_BACKGROUND}
