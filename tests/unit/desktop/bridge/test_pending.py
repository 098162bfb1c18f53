"""However many changes wait, what is held stays small."""

from vedette.desktop.bridge.pending import MOST_IDS, Pending
from vedette.domain.changes import Change, ChangeKind


def test_too_many_ids_become_a_change_without_ids() -> None:
    pending = Pending()
    for at in range(0, MOST_IDS + 1_000, 1_000):
        pending.add(Change(ChangeKind.EVENT, tuple(range(at, at + 1_000))))
    assert pending.events == MOST_IDS + 1_000
    assert pending.take() == (Change(ChangeKind.EVENT),)


def test_taking_empties_it() -> None:
    pending = Pending()
    pending.add(Change(ChangeKind.TRACE, ("ab" * 16,)))
    assert pending
    assert pending.take() == (Change(ChangeKind.TRACE, ("ab" * 16,)),)
    assert not pending
    assert (pending.take(), pending.events) == ((), 0)
