import pytest

from vedette.desktop.ingest.emptiness import Way, why_empty


@pytest.mark.parametrize(
    ("everything", "query", "tab", "sentence", "way"),
    [
        (True, "", "all", "Nothing has knocked yet", Way.CONNECT),
        (False, "cart", "all", "No request matches", Way.CLEAR),
        (False, "cart", "refused", "No request matches", Way.CLEAR),
        (False, "", "invalid", "Nothing was invalid", Way.ALL),
        (False, "", "all", "No requests in this scope", Way.ALL),
    ],
)
def test_an_empty_list_says_why_and_leads_on(
    everything: bool, query: str, tab: str, sentence: str, way: Way
) -> None:
    why = why_empty(everything=everything, query=query, tab=tab)
    assert (why.sentence, why.way) == (sentence, way)
    assert why.action
