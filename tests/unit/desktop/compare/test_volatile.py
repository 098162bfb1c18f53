"""What differs between any two events."""

import pytest

from vedette.desktop.compare.volatile import is_noise, steady


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"),
        ("<Cart at 0x7f1c2a3b4c5d>", "<Cart at 0x7f9900aabbcc>"),
        ("2026-11-24 10:14:07.220 +01:00", "2026-11-24 09:58:12"),
        ("at 1795500000.25", "at 1795500912"),
        ("connected to 10.0.2.2:51422", "connected to 10.0.2.2:9"),
        ("span 4bf92f3577b34da6", "span a2fb4a1d1a96d312"),
    ],
)
def test_ids_moments_addresses_and_ports_are_noise(first: str, second: str) -> None:
    assert is_noise(("extra", "note"), first, second)
    assert steady(first) == steady(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("28.0", "27.5"),
        ("order 88123", "order 88124"),
        ("10.0.2.2:80 refused", "10.0.2.3:80 refused"),
        ("deadbeef", "cafebabe"),
        ("10:14:07", "12:00:00"),
        ("", "x"),
    ],
)
def test_what_may_matter_is_not(first: str, second: str) -> None:
    assert not is_noise(("extra", "note"), first, second)


def test_some_names_are_noise_whatever_they_hold() -> None:
    assert is_noise(("contexts", "trace", "span_id"), "1", "2")
    assert is_noise(("request", "headers", "X-Request-Id"), "a", None)
    assert not is_noise(("extra", "id"), "1", "2")


def test_the_same_is_no_noise() -> None:
    assert not is_noise(("extra", "note"), "a", "a")
