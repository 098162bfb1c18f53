"""Any JSON, for parsers that must survive it: a hypothesis strategy of small documents."""

from hypothesis import strategies as st

_PLAIN = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False)

ANY_JSON = st.recursive(
    _PLAIN | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
