"""How the updates of one session join, in whatever order they come."""

from dataclasses import replace
from itertools import permutations

import pytest

from tests.support.builders import MORNING
from vedette.domain.sessions import (
    SessionAttributes,
    SessionCounts,
    SessionState,
    SessionStatus,
    SessionUpdate,
    UserMark,
)

BEGUN = SessionUpdate(
    SessionAttributes("a@1"), b"s" * 16, "me", 1, True, MORNING, MORNING, SessionStatus.OK, 0, 0
)


def after(*updates: SessionUpdate) -> SessionState:
    state = SessionState.of(updates[0])
    for update in updates[1:]:
        state = state.updated(update)
    return state


def test_the_higher_sequence_tells_in_every_order() -> None:
    erring = replace(BEGUN, seq=2, init=False, errors=1)
    crashed = replace(BEGUN, seq=3, init=False, status=SessionStatus.CRASHED, errors=2, duration=9)
    for updates in permutations((BEGUN, erring, crashed)):
        state = after(*updates)
        assert state.counts == SessionCounts(total=1, errored=1, crashed=1)
        assert (state.errors, state.duration) == (2, 9)


def test_at_the_same_sequence_the_last_word_tells() -> None:
    state = after(BEGUN, replace(BEGUN, init=False, status=SessionStatus.EXITED))
    assert state.status is SessionStatus.EXITED


def test_what_is_final_stays() -> None:
    ended = replace(BEGUN, seq=2, status=SessionStatus.EXITED)
    for later in SessionStatus:
        assert after(BEGUN, ended, replace(BEGUN, seq=9, status=later)).status is SessionStatus.EXITED


def test_only_one_that_was_begun_counts_as_a_session() -> None:
    assert SessionState.of(replace(BEGUN, init=False, errors=1)).counts == SessionCounts(0, 1)
    assert after(replace(BEGUN, init=False, errors=1), BEGUN).counts == SessionCounts(1, 1)
    assert after(BEGUN, BEGUN).counts.total == 1


@pytest.mark.parametrize(
    ("status", "counts", "mark"),
    [
        (SessionStatus.OK, (1, 0, 0, 0, 0), UserMark.SEEN),
        (SessionStatus.EXITED, (1, 0, 0, 0, 0), UserMark.SEEN),
        (SessionStatus.ERRORED, (1, 1, 0, 0, 0), UserMark.SEEN | UserMark.ERRORED),
        (SessionStatus.CRASHED, (1, 1, 1, 0, 0), UserMark.SEEN | UserMark.ERRORED | UserMark.CRASHED),
        (SessionStatus.ABNORMAL, (1, 1, 0, 1, 0), UserMark.SEEN | UserMark.ERRORED | UserMark.ABNORMAL),
        (SessionStatus.UNHANDLED, (1, 1, 0, 0, 1), UserMark.SEEN | UserMark.ERRORED | UserMark.UNHANDLED),
    ],
)
def test_every_status_counts_for_something(
    status: SessionStatus, counts: tuple[int, ...], mark: UserMark
) -> None:
    state = SessionState.of(replace(BEGUN, status=status))
    assert (state.counts.values, state.mark) == (counts, mark)


def test_an_application_that_did_not_respond_is_told_apart() -> None:
    abnormal = replace(BEGUN, status=SessionStatus.ABNORMAL)
    assert UserMark.ANR_FOREGROUND in SessionState.of(replace(abnormal, mechanism="anr_foreground")).mark
    assert UserMark.ANR_BACKGROUND in SessionState.of(replace(abnormal, mechanism="anr_background")).mark
    assert UserMark.ANR_FOREGROUND not in SessionState.of(replace(BEGUN, mechanism="anr_foreground")).mark
