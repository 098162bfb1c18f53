"""References to uploads."""

from typing import Any

import orjson
import pytest

from vedette.protocol.uploads import REFERENCE_TYPE, is_upload_id, referred_upload

ID = "0123456789abcdef" * 2
HEADER = {"type": "attachment", "content_type": REFERENCE_TYPE, "filename": "core.bin", "length": 70}


def test_a_reference_names_the_upload_and_what_it_is() -> None:
    payload = orjson.dumps({"location": f"/api/1/upload/{ID}/", "content_type": "application/x-dmp"})
    assert referred_upload(HEADER, payload) == (
        ID,
        {"type": "attachment", "filename": "core.bin", "content_type": "application/x-dmp", "uploaded": True},
    )


@pytest.mark.parametrize("location", [f"http://h:8969/api/1/upload/{ID}", f"/api/1/upload/{ID}/?length=5"])
def test_a_location_may_be_whole_or_have_a_query(location: str) -> None:
    found = referred_upload(HEADER, orjson.dumps({"location": location}))
    assert found == (ID, {"type": "attachment", "filename": "core.bin", "uploaded": True})


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        ({**HEADER, "type": "event"}, b"{}"),
        ({**HEADER, "content_type": "text/plain"}, b"{}"),
        (HEADER, b"{"),
        (HEADER, b"[]"),
        (HEADER, b"{}"),
        (HEADER, b'{"location":5}'),
        (HEADER, b'{"location":"/api/1/upload/../../x/"}'),
        (HEADER, orjson.dumps({"location": f"/api/1/upload/{ID.upper()}/"})),
    ],
)
def test_what_is_no_reference_names_nothing(header: dict[str, Any], payload: bytes) -> None:
    assert referred_upload(header, payload) is None


def test_an_id_is_32_hex_digits() -> None:
    assert is_upload_id(ID)
    assert not any(map(is_upload_id, ("", ID[1:], ID + "0", "../" + ID[3:])))
