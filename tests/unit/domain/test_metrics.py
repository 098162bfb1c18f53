"""Kinds of metrics and their stored numbers."""

from vedette.domain.metrics import MetricKind


def test_a_kind_is_found_again_by_its_number() -> None:
    assert [MetricKind.numbered(kind.number) for kind in MetricKind] == list(MetricKind)
    assert [kind.number for kind in MetricKind] == [0, 1, 2]
