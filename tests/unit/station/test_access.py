"""Who may send and from where may be read."""

import pytest

from vedette.domain.outcomes import IngestError, Reason
from vedette.station.access import (
    KeyBook,
    KnownKey,
    check_host,
    check_origin,
    is_local_host,
    is_loopback,
)

OWN = frozenset({"desk", "desk.local"})


@pytest.mark.parametrize("address", ["", "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_recognised(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["192.0.2.1", "fe80::1%eth0", "::ffff:192.0.2.1", "0.0.0.0", "nonsense"])
def test_other_machines_are_recognised(address: str) -> None:
    assert not is_loopback(address)


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST.", "shop.localhost", "[::1]", "127.0.0.1"])
def test_local_names_mean_this_machine(name: str) -> None:
    assert is_local_host(name)


@pytest.mark.parametrize("name", ["", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.1"])
def test_other_names_do_not(name: str) -> None:
    assert not is_local_host(name)


@pytest.mark.parametrize(
    "header",
    [None, "localhost:8969", "127.0.0.1", "192.0.2.7:8969", "[fd00::2]:1", "desk.local:8969", "DESK"],
)
def test_a_host_that_is_ours_is_let_in(header: str | None) -> None:
    assert check_host(header, OWN) is None


@pytest.mark.parametrize(
    "header", ["evil.example", "evil.example:8969", "localhost.evil.example", "[broken", "a@b"]
)
def test_a_name_made_to_point_here_is_refused(header: str) -> None:
    assert check_host(header, OWN) is not None


@pytest.mark.parametrize("origin", [None, "http://localhost:3000", "https://127.0.0.1", "http://desk.local"])
def test_pages_of_this_machine_may_read(origin: str | None) -> None:
    assert check_origin(origin, OWN) is None


@pytest.mark.parametrize(
    "origin", ["null", "", "https://evil.example", "http://192.0.2.9", "http://localhost.evil.example"]
)
def test_pages_from_elsewhere_may_not(origin: str) -> None:
    assert check_origin(origin, OWN) is not None


def reason_of(book: KeyBook, key: str, project: str | None, *, from_here: bool) -> Reason | None:
    try:
        book.admit_key(key, project, from_here=from_here)
    except IngestError as error:
        return error.reason
    return None


def test_a_key_opens_its_projects_by_id_and_slug_and_no_others() -> None:
    book = KeyBook()
    book.learn_keys(
        [KnownKey("k", 1, "desk"), KnownKey("k", 2, "shop"), KnownKey("off", 1, "desk", active=False)]
    )
    assert book.projects == 2
    for project in ("1", "desk", "2", "shop", None):
        assert reason_of(book, "k", project, from_here=False) is None
    assert reason_of(book, "k", "3", from_here=False) is Reason.UNKNOWN_KEY
    assert reason_of(book, "k", "3", from_here=True) is None
    assert reason_of(book, "off", "1", from_here=True) is Reason.UNKNOWN_KEY
