from vedette.desktop.ingest.advice import (
    Drop,
    added_up,
    advice,
    newer_seen,
    read_drops,
    sampling_advice,
    version_of,
)

DROPPED = "the SDK dropped 14 transaction: sample_rate; 2 error: before_send; 1 span: never_heard_of"


def test_each_reason_for_dropping_has_its_advice_and_unknown_ones_none() -> None:
    drops = read_drops(DROPPED)
    assert drops[0] == Drop(14, "transaction", "sample_rate")
    sentences = advice(drops)
    assert len(sentences) == 2
    assert "1.0" in sentences[0]
    assert "before_send" in sentences[1]
    assert read_drops("the SDK dropped nothing") == []


def test_a_reason_of_two_words_has_the_advice_of_its_first() -> None:
    (drop,) = read_drops("the SDK dropped 3 error: event_processor:dedupe")
    assert drop.advice == Drop(1, "error", "event_processor").advice != ""


def test_reports_are_added_up_the_most_first() -> None:
    more = "the SDK dropped 90 error: network_error; 6 transaction: sample_rate"
    assert added_up([DROPPED, more])[:2] == [
        Drop(90, "error", "network_error"),
        Drop(20, "transaction", "sample_rate"),
    ]


def test_a_rate_below_one_is_told_and_one_is_not() -> None:
    assert sampling_advice(0.1).startswith("traces_sample_rate is 0.1;")
    assert sampling_advice(1.0) == sampling_advice(None) == ""


def test_an_sdk_is_older_only_than_what_was_seen_here() -> None:
    assert version_of("sentry.javascript.react/11.12.0") == ("sentry.javascript.react", (11, 12, 0))
    assert version_of("Mozilla/5.0") is None
    others = ["sentry.python/2.75.0", "sentry.python/2.9.1", "sentry.go/9.0.0", "curl/8"]
    assert newer_seen("sentry.python/2.9.1", others) == "2.75.0"
    assert newer_seen("sentry.python/2.75.0", others) == ""
    assert newer_seen("curl/7", others) == ""
