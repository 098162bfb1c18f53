"""The network switch: listeners and announcement come and go with it, while the station runs."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from tests.support.ingest import Bench, connection, running_bench
from vedette.discovery.records import StationRecord
from vedette.station.interfaces import Interface, InterfaceKind
from vedette.station.listening import open_socket
from vedette.station.network import Network, machine_names
from vedette.station.settings import Listening

OTHER, THIRD = "127.0.0.2", "127.0.0.3"


@pytest.fixture(autouse=True)
def _needs_a_second_address() -> None:
    try:
        open_socket(OTHER, 0).close()
    except OSError:
        pytest.skip("this system has one loopback address only")


def an_interface(name: str, *addresses: str) -> Interface:
    return Interface(name, InterfaceKind.WIRED, addresses)


def a_network(bench: Bench, there: Callable[[], Iterable[Interface]], look_every: float = 60.0) -> Network:
    def record(addresses: Sequence[str]) -> StationRecord:
        return StationRecord("a" * 16, "desk", "1", bench.listeners.port, 1, tuple(addresses))

    return Network(
        bench.listeners, "127.0.0.1", record, lambda: None, interfaces=there, look_every=look_every
    )


async def opened(bench: Bench, *hosts: str) -> None:
    """Return once exactly *hosts* are listened on beside the station's own."""
    async with asyncio.timeout(5):
        while bench.listeners.addresses[1:] != list(hosts):
            await asyncio.sleep(0.005)


async def test_it_opens_and_closes_what_is_wanted(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench:
        network = a_network(bench, lambda: [an_interface("eth0", OTHER)])
        assert await network.apply(Listening(lan=True)) == []
        assert bench.listeners.addresses == ["127.0.0.1", OTHER]
        assert network.is_announced
        async with bench.client.get(f"http://{OTHER}:{bench.listeners.port}/health") as response:
            assert response.status == 200
        await network.apply(Listening(lan=True, announce=False))
        assert (network.is_open, network.is_announced, network.stations) == (True, False, [])
        assert await network.apply(Listening(lan=False)) == []
        assert bench.listeners.addresses == ["127.0.0.1"]
        await network.stop()
        await network.stop()


@pytest.mark.parametrize("chosen", ["wlan0", THIRD])
async def test_only_the_interfaces_chosen_are_opened(tmp_path: Path, chosen: str) -> None:
    async with running_bench(tmp_path) as bench:
        wired, wireless = an_interface("eth0", OTHER), an_interface("wlan0", THIRD)
        network = a_network(bench, lambda: [wired, wireless])
        await network.apply(Listening(lan=True, interfaces=(chosen,), announce=False))
        assert bench.listeners.addresses == ["127.0.0.1", THIRD]
        assert not network.is_listened_on(wired)
        assert network.is_listened_on(wireless)
        assert (network.is_wanted(wired), network.is_wanted(wireless)) == (False, True)
        await network.stop()


async def test_another_interface_ticked_leaves_open_connections_alone(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench:
        network = a_network(bench, lambda: [an_interface("eth0", OTHER), an_interface("wlan0", THIRD)])
        await network.apply(Listening(lan=True, interfaces=("eth0",), announce=False))
        async with connection(bench.listeners.port, OTHER) as (reader, writer):
            await network.apply(Listening(lan=True, interfaces=("eth0", "wlan0"), announce=False))
            writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        await network.stop()


async def test_a_pulled_cable_closes_its_address_and_opens_it_when_it_is_back(tmp_path: Path) -> None:
    there = [an_interface("eth0", OTHER)]
    async with running_bench(tmp_path) as bench:
        network = a_network(bench, lambda: list(there), look_every=0.01)
        await network.apply(Listening(lan=True, interfaces=("eth0",), announce=False))
        await opened(bench, OTHER)
        there.clear()
        await opened(bench)
        assert network.problems == ["eth0 is not there now; it is listened on again once it is."]
        there.append(an_interface("eth0", THIRD))  # the router gave it another address
        await opened(bench, THIRD)
        assert network.problems == []
        await network.stop()


async def test_a_machine_without_a_network_says_so(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench:
        network = a_network(bench, list)
        problems = await network.apply(Listening(lan=True))
        assert problems == ["This machine has no network address to listen on."]
        await network.stop()


def test_the_machine_has_a_name() -> None:
    assert machine_names()
    assert all(name == name.lower() for name in machine_names())
