"""An event's terms packed: every list comes back, and a usual one takes little room."""

from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.store.term_list import pack_terms, unpack_terms


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=2**40)))
def test_what_is_packed_comes_back_in_order_and_once(terms: list[int]) -> None:
    assert unpack_terms(pack_terms(terms)) == sorted(set(terms))


def test_twenty_terms_take_less_than_two_bytes_each() -> None:
    assert len(pack_terms(range(100, 4_100, 200))) < 40
