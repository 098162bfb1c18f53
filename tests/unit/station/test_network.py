"""The network switch: listeners and announcement come and go with it, while the station runs."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.ingest import running_bench
from vedette.discovery.records import StationRecord
from vedette.station.listening import open_socket
from vedette.station.network import Network, machine_addresses, machine_names
from vedette.station.settings import Listening

OTHER = "127.0.0.2"


@pytest.fixture(autouse=True)
def _needs_a_second_address() -> None:
    try:
        open_socket(OTHER, 0).close()
    except OSError:
        pytest.skip("this system has one loopback address only")


async def test_it_opens_and_closes_what_is_wanted(tmp_path: Path) -> None:
    changes: list[bool] = []
    async with running_bench(tmp_path) as bench:

        def record(addresses: Sequence[str]) -> StationRecord:
            return StationRecord("a" * 16, "desk", "1", bench.listeners.port, 1, tuple(addresses))

        network = Network(
            bench.listeners,
            "127.0.0.1",
            record,
            lambda: changes.append(network.is_open),
            addresses=lambda: [OTHER],
        )
        assert await network.apply(Listening(lan=True)) == []
        assert bench.listeners.addresses == ["127.0.0.1", OTHER]
        assert network.is_announced
        async with bench.client.get(f"http://{OTHER}:{bench.listeners.port}/health") as response:
            assert response.status == 200
        await network.apply(Listening(lan=True, announce=False))
        assert (network.is_open, network.is_announced, network.stations) == (True, False, [])
        assert await network.apply(Listening(lan=False)) == []
        assert bench.listeners.addresses == ["127.0.0.1"]
        assert changes == [True, True, False]
        await network.stop()
        await network.stop()


async def test_only_the_interfaces_chosen_are_opened(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench:
        network = Network(
            bench.listeners,
            "127.0.0.1",
            lambda addresses: StationRecord("a" * 16, "desk", "1", 1, 1, tuple(addresses)),
            lambda: None,
            addresses=lambda: [OTHER, "127.0.0.3"],
        )
        await network.apply(Listening(lan=True, interfaces=("127.0.0.3",), announce=False))
        assert bench.listeners.addresses == ["127.0.0.1", "127.0.0.3"]
        problems = await network.apply(Listening(lan=True, interfaces=("192.0.2.99",)))
        assert problems == ["This machine has no network address to listen on."]
        await network.stop()


def test_the_machines_addresses_are_ones_others_can_use() -> None:
    addresses = machine_addresses()
    assert not {"127.0.0.1", "::1", "0.0.0.0"} & set(addresses)


def test_the_machine_has_a_name() -> None:
    assert machine_names()
    assert all(name == name.lower() for name in machine_names())
