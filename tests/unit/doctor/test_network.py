"""What the doctor says about ports, addresses and proxies."""

import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette.api.attach import StationInfo
from vedette.doctor.finding import Grade
from vedette.doctor.network import (
    check_addresses,
    check_network,
    check_port,
    check_proxy,
    listening_program,
)
from vedette.domain.workspace import Workspace
from vedette.station.interfaces import Interface, InterfaceKind
from vedette.station.listening import open_socket


@pytest.fixture
def taken() -> Iterator[int]:
    with open_socket("127.0.0.1", 0) as sock:
        yield sock.getsockname()[1]


def test_a_taken_port_is_a_warning_that_names_who_has_it_and_what_comes_instead(taken: int) -> None:
    finding = check_port(taken, None)
    assert finding.grade is Grade.WARNING
    assert f"Port {taken} is taken" in finding.text
    assert f"(process {os.getpid()})" in finding.text


def test_who_has_a_port_is_not_always_known(taken: int) -> None:
    assert "by nobody known" in check_port(taken, None, lambda port: "nobody known").text


def test_a_port_its_own_station_has_is_fine(taken: int) -> None:
    station = StationInfo("127.0.0.1", taken, os.getpid(), 0, "0.1.0")
    assert check_port(taken, station).grade is Grade.OK


def test_a_port_that_may_not_be_opened_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(host: str, port: int) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("vedette.doctor.network.open_socket", refusing)
    assert check_port(80, None).grade is Grade.PROBLEM


def test_twenty_taken_ports_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(host: str, port: int) -> socket.socket:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr("vedette.doctor.network.open_socket", refusing)
    finding = check_port(8969, None, lambda port: "httpd (process 7)")
    assert finding.grade is Grade.PROBLEM
    assert "8969 to 8988" in finding.text


def test_a_port_nobody_has_is_anothers() -> None:
    assert listening_program(1) == "another program"


def test_a_machine_without_addresses_is_warned_of() -> None:
    assert check_addresses(list).grade is Grade.WARNING
    wired = Interface("eth0", InterfaceKind.WIRED, ("192.0.2.7",))
    assert "192.0.2.7" in check_addresses(lambda: [wired]).text


@pytest.mark.parametrize(
    ("environment", "warned"),
    [
        ({}, False),
        ({"HTTP_PROXY": "http://proxy:3128"}, True),
        ({"http_proxy": "http://proxy:3128", "no_proxy": "localhost, 127.0.0.1"}, False),
        ({"http_proxy": "http://proxy:3128", "no_proxy": "*"}, False),
        ({"HTTP_PROXY": "http://proxy:3128", "NO_PROXY": "localhost,.corp"}, True),
    ],
)
def test_a_proxy_in_the_way_is_warned_of(environment: dict[str, str], warned: bool) -> None:
    assert bool(list(check_proxy(environment))) is warned


def test_without_a_station_it_says_so(tmp_path: Path) -> None:
    assert next(check_network(Workspace(tmp_path))).text.startswith("No station")
