import pytest

from vedette.desktop.traces.filter import FilterError, read_filter
from vedette.store.queries.traces import TraceFilter


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", TraceFilter()),
        ("checkout order", TraceFilter(text="checkout order")),
        ("is:error", TraceFilter(only_failed=True)),
        ("is:failed pay", TraceFilter(only_failed=True, text="pay")),
        ("duration:>200ms", TraceFilter(min_duration=200_000)),
        ("duration:>=1.5s", TraceFilter(min_duration=1_500_000)),
        ("duration:>90", TraceFilter(min_duration=90_000)),
        ("duration:>2min", TraceFilter(min_duration=120_000_000)),
        ('"GET /cart"', TraceFilter(text="GET /cart")),
        ("http://shop/cart", TraceFilter(text="http://shop/cart")),
    ],
)
def test_words_and_terms_become_a_filter(text: str, wanted: TraceFilter) -> None:
    assert read_filter(text) == wanted


def test_the_scope_is_kept() -> None:
    assert read_filter("pay", TraceFilter(project=3, run=7)) == TraceFilter(project=3, run=7, text="pay")


@pytest.mark.parametrize(
    "text", ["colour:red", "is:happy", "duration:long", "duration:<5ms", "duration:>5parsec"]
)
def test_what_means_nothing_is_said_with_what_would(text: str) -> None:
    with pytest.raises(FilterError, match=r"duration:>"):
        read_filter(text)
