"""What a station says on the network, and what is believed of what others say."""

import pytest

from vedette.discovery.records import SERVICE_TYPE, StationRecord, identity_of, read_record

RECORD = StationRecord("0123456789abcdef", "Werkbank", "0.1.0", 8969, 3, ("192.0.2.1",))


def wire(record: StationRecord) -> dict[bytes, bytes | None]:
    return {name.encode(): value.encode() for name, value in record.to_properties().items()}


def test_what_one_says_another_reads() -> None:
    assert read_record(wire(RECORD), RECORD.port, RECORD.addresses) == RECORD


@pytest.mark.parametrize("name", ["", "a.b.c", "ü" * 200, "\x00\n", "Ann's desk"])
def test_any_name_makes_an_instance_dns_can_carry(name: str) -> None:
    instance = StationRecord("0123456789abcdef", name, "1", 1).instance
    label = instance.removesuffix(f".{SERVICE_TYPE}")
    assert 0 < len(label.encode()) <= 63
    assert "." not in label
    assert label.endswith(" 012345")
    assert all(len(f"{key}={value}".encode()) <= 255 for key, value in RECORD.to_properties().items())


@pytest.mark.parametrize(
    ("change", "port", "addresses"),
    [
        ({b"id": b"../../etc"}, 1, ("192.0.2.1",)),
        ({b"id": None}, 1, ("192.0.2.1",)),
        ({}, None, ("192.0.2.1",)),
        ({}, 0, ("192.0.2.1",)),
        ({}, 1, ()),
    ],
)
def test_what_can_be_no_station_is_passed_over(change, port, addresses) -> None:  # type: ignore[no-untyped-def]
    assert read_record({**wire(RECORD), **change}, port, addresses) is None


def test_odd_words_are_cut_and_cleaned() -> None:
    said = {**wire(RECORD), b"name": b"a\x1b[31m\xff" + b"x" * 300, b"projects": b"-5", b"version": b"\n"}
    record = read_record(said, 1, ("192.0.2.1",))
    assert record is not None
    assert record.name.isprintable()
    assert len(record.name) == 100
    assert (record.projects, record.version) == (0, "")


def test_the_identity_is_the_tokens_but_does_not_tell_it() -> None:
    assert identity_of("a" * 64) == identity_of("a" * 64) != identity_of("b" * 64)
    assert len(identity_of("a")) == 16
