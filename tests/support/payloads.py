"""Payloads of items: as recorded clients sent them, and any JSON at all."""

from hypothesis import strategies as st

from tests.support.corpus import CHOSEN, requests
from vedette.protocol.encodings import Encoding, decode, normalise_encoding
from vedette.protocol.envelope import iter_items, read_envelope_header

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def recorded(scenario: str, kind: str) -> list[bytes]:
    """Return the payloads of the *kind* items that a recorded client sent in *scenario*."""
    found: list[bytes] = []
    for request in requests(CHOSEN / scenario):
        encoding = normalise_encoding(dict(request.headers).get("Content-Encoding"))
        body = request.body if encoding is Encoding.IDENTITY else decode(request.body, encoding, 1 << 20)
        envelope = read_envelope_header(body)
        found.extend(
            bytes(body[item.start : item.start + item.length])
            for item in iter_items(body, envelope.header_size)
            if item.type == kind
        )
    return found
