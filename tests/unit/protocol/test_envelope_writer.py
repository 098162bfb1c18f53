"""Large envelopes lie where the caller wants them, small ones in memory."""

from pathlib import Path

import pytest

from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.protocol.envelope_writer import IN_MEMORY, EnvelopeWriter


@pytest.mark.parametrize("size", [10, IN_MEMORY + 1])
def test_what_goes_in_is_an_envelope(tmp_path: Path, size: int) -> None:
    with EnvelopeWriter({"event_id": "a" * 32}, 1 << 30, tmp_path) as writer:
        assert writer.add({"type": "attachment"}, [b"x" * size]) == size
        body = writer.finish()
    header = read_envelope_header(body)
    assert header.event_id == "a" * 32
    assert [item.length for item in iter_items(body, header.header_size)] == [size]


def test_a_large_one_lies_in_the_folder(tmp_path: Path) -> None:
    with EnvelopeWriter({}, 1 << 30, tmp_path / "not there") as writer:
        writer.add({"type": "attachment"}, [b"small"])
        with pytest.raises(FileNotFoundError):
            writer.add({"type": "attachment"}, [b"x" * IN_MEMORY])
