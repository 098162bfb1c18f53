"""The id of a crash, out of the form it comes with."""

import msgpack
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.protocol.crash_forms import form_event_id

EVENT_ID = "0123456789abcdef" * 2
HYPHENED = "01234567-89ab-cdef-0123-456789abcdef"
TYPE = 'multipart/form-data; boundary="---x"'


def form(*fields: tuple[str, bytes], filename: str = "") -> bytes:
    lines = []
    for name, value in fields:
        file = f'; filename="{filename}"' if filename else ""
        head = f'Content-Disposition: form-data; name="{name}"{file}'
        lines.append(b"-----x\r\n%s\r\n\r\n%s\r\n" % (head.encode(), value))
    return b"".join(lines) + b"-----x--\r\n"


def found(body: bytes, size: int = 50) -> str | None:
    return form_event_id((body[at : at + size] for at in range(0, len(body), size)), TYPE)


JSON = orjson.dumps({"event_id": HYPHENED, "release": "game@1"})


@pytest.mark.parametrize(
    "fields",
    [
        [("sentry[event_id]", EVENT_ID.encode())],
        [("sentry", JSON)],
        [("sentry__2", JSON[20:]), ("sentry__1", JSON[:20])],
        [("__sentry-event", msgpack.packb({"event_id": HYPHENED, "level": "fatal"}))],
        [("sentry", b"{broken"), ("__sentry-event", msgpack.packb({"event_id": EVENT_ID}))],
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_the_id_is_found_wherever_a_reporter_puts_it(fields: list[tuple[str, bytes]], size: int) -> None:
    dump = b"MDMP" + b'"event_id":"' + b"f" * 32 + b'"' * 300
    assert found(form(("upload_file_minidump", dump), *fields), size) == EVENT_ID


def test_a_file_is_known_by_its_name_too() -> None:
    body = form(("attachment", msgpack.packb({"event_id": EVENT_ID})), filename="__sentry-event")
    assert found(body) == EVENT_ID


def test_what_came_before_the_damage_counts() -> None:
    assert found(form(("sentry", JSON), ("upload_file_minidump", b"MDMP"))[:-40]) == EVENT_ID


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no form at all",
        form(("upload_file_minidump", b"MDMP")),
        form(("sentry[event_id]", b"latest")),
        form(("sentry", b"[]")),
        form(("sentry", b'{"event_id":5}')),
        form(("__sentry-event", b"\xc1")),
        form(("sentry", b'{"event_id":"%s"' % EVENT_ID.encode() + b" " * (2 << 20) + b"}")),
    ],
)
def test_a_form_without_an_id_has_none(body: bytes) -> None:
    assert found(body, 1 << 16) is None


@pytest.mark.parametrize(
    "kind", ["", "multipart/form-data", "application/octet-stream", "multipart/mixed; boundary=x"]
)
def test_what_is_no_form_has_none(kind: str) -> None:
    assert form_event_id([form(("sentry", JSON))], kind) is None


@settings(derandomize=True, max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["sentry", "sentry[event_id]", "sentry__1", "__sentry-event", "x"]),
            st.binary(max_size=40),
        ),
        max_size=4,
    ),
    st.integers(1, 40),
    st.integers(0, 60),
    st.binary(max_size=30),
)
def test_whatever_is_posted_ends_with_an_id_or_none(
    fields: list[tuple[str, bytes]], size: int, cut: int, noise: bytes
) -> None:
    body = form(*fields)
    event_id = found(body[: len(body) - cut] + noise, size)
    assert event_id is None or len(event_id) == 32
