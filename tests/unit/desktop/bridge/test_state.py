"""What the station tells, read into what the window shows."""

from vedette.desktop.bridge.state import CONNECTED_FOR, StationState, read_state
from vedette.domain.times import MINUTE, SECOND, Micros, to_iso

NOW = Micros(1_795_500_000 * SECOND)
BASE = "http://127.0.0.1:8969"


def a_sender(seen: int) -> dict[str, object]:
    return {"id": "1", "ip": "127.0.0.1", "client": "sentry.python/2", "lastSeen": to_iso(seen)}


def test_addresses_rate_and_queue_are_read() -> None:
    answer = {
        "urls": [BASE, "http://192.168.1.20:8969"],
        "listening": {"lan": True},
        "rate": 0.5,
        "queue": 3,
        "refused": 2,
    }
    state = read_state(answer, BASE, NOW)
    assert state.listening
    assert state.lan
    assert state.addresses == ("127.0.0.1:8969", "192.168.1.20:8969")
    assert state.address == "192.168.1.20:8969"
    assert (state.rate, state.queue, state.dropped) == (30.0, 3, 2)


def test_without_the_network_the_own_address_is_shown() -> None:
    assert read_state({"urls": [BASE]}, BASE, NOW).address == "127.0.0.1:8969"
    assert StationState(base_url=BASE).address == "127.0.0.1:8969"


def test_only_apps_that_sent_lately_count_as_connected() -> None:
    answer = {"senders": [a_sender(NOW - MINUTE), a_sender(NOW - CONNECTED_FOR - MINUTE)]}
    assert read_state(answer, BASE, NOW).senders == 1


def test_a_full_disk_is_trouble_before_anything_else() -> None:
    answer = {"disk": {"isFull": True}, "digest": {"trouble": "digest restarted"}, "problems": ["no LAN"]}
    assert read_state(answer, BASE, NOW).trouble.startswith("The disk is almost full")
    assert read_state({"digest": {"trouble": "digest restarted"}}, BASE, NOW).trouble == "digest restarted"
    assert read_state({"problems": ["no LAN", "no IPv6"]}, BASE, NOW).trouble == "no LAN; no IPv6"


def test_stations_nearby_are_listed() -> None:
    answer = {
        "stations": [{"id": "ab", "name": "qa-bench-2", "urls": ["http://10.0.0.2:8969"], "projects": 3}]
    }
    nearby = read_state(answer, BASE, NOW).nearby[0]
    assert (nearby.name, nearby.urls, nearby.projects) == ("qa-bench-2", ("http://10.0.0.2:8969",), 3)


def test_an_answer_with_nothing_in_it_is_a_listening_station() -> None:
    assert read_state({}, BASE, NOW).listening
