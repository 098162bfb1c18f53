from itertools import pairwise

import pytest

from vedette.desktop.trace.scale import CLOSEST, TimeScale, tick_step

SCALE = TimeScale(start=1_000_000, end=3_000_000, width=1000.0)


@pytest.mark.parametrize("at_x", [0.0, 250.0, 999.0])
@pytest.mark.parametrize("factor", [0.5, 1.25, 2.0, 8.0])
def test_zoom_keeps_the_moment_under_the_pointer(at_x: float, factor: float) -> None:
    assert SCALE.zoomed(at_x, factor).x(SCALE.micros(at_x)) == pytest.approx(at_x, abs=0.5)


def test_zooming_in_and_out_again_comes_back() -> None:
    scale = SCALE
    for _ in range(12):
        scale = scale.zoomed(333, 1.5)
    for _ in range(12):
        scale = scale.zoomed(333, 1 / 1.5)
    assert scale.start == pytest.approx(SCALE.start, abs=200)
    assert scale.span == pytest.approx(SCALE.span, rel=0.001)


def test_no_zoom_is_closer_than_a_few_microseconds() -> None:
    assert SCALE.zoomed(500, 1e12).span == CLOSEST


def test_pixels_and_moments_are_each_others_inverse() -> None:
    for x in (0.0, 12.5, 500.0, 1000.0):
        assert SCALE.x(SCALE.micros(x)) == pytest.approx(x, abs=0.001)


def test_panning_shows_later_moments_for_positive_pixels() -> None:
    assert SCALE.panned(100).start == 1_200_000
    assert SCALE.panned(-100).span == SCALE.span


def test_it_is_kept_within_the_trace_without_changing_the_zoom() -> None:
    kept = SCALE.panned(-900).kept_in(0, 10_000_000)
    assert (kept.start, kept.end) == (0, 2_000_000)
    kept = SCALE.panned(9000).kept_in(0, 10_000_000)
    assert (kept.start, kept.end) == (8_000_000, 10_000_000)


def test_wider_than_the_trace_becomes_the_trace() -> None:
    kept = SCALE.zoomed(0, 0.001).kept_in(500, 1_500)
    assert (kept.start, kept.end) == (500, 1_500)


def test_showing_an_instant_leaves_room_around_it() -> None:
    shown = SCALE.showing(2_000_000, 2_000_000)
    assert shown.span == CLOSEST
    assert shown.x(2_000_000) == pytest.approx(500)


@pytest.mark.parametrize(
    ("least", "step"),
    [(0.3, 1), (1, 1), (1.5, 2), (3, 5), (7, 10), (30_000, 50_000), (2_000_000, 2_000_000),
     (25_000_000, 50_000_000),
     (31_000_000, 60_000_000), (400_000_000, 600_000_000), (10**13, 10**13)],
)  # fmt: skip
def test_steps_are_one_two_or_five_and_beyond_half_a_minute_a_clocks(least: float, step: int) -> None:
    assert tick_step(least) == step


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        (300_000, ["0 ms", "50 ms", "100 ms", "150 ms", "200 ms", "250 ms", "300 ms"]),
        (3_000_000, ["0.0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s", "2.5 s", "3.0 s"]),
        (3_000, ["0.0 ms", "0.5 ms", "1.0 ms", "1.5 ms", "2.0 ms", "2.5 ms", "3.0 ms"]),
        (60, ["0 µs", "10 µs", "20 µs", "30 µs", "40 µs", "50 µs", "60 µs"]),
        (600_000_000, ["0 min", "2 min", "4 min", "6 min", "8 min", "10 min"]),
    ],
)
def test_ticks_read_alike_and_carry_their_unit(span: int, labels: list[str]) -> None:
    ticks = TimeScale(0, span, 700).ticks()
    assert [tick.label for tick in ticks] == labels


def test_ticks_stand_at_round_moments_wherever_the_view_begins() -> None:
    ticks = TimeScale(123_456, 623_456, 700).ticks()
    assert ticks[0].micros == 200_000
    assert all(tick.micros % 100_000 == 0 for tick in ticks)
    assert len(ticks) == 5


@pytest.mark.parametrize("span", [10, 777, 12_345, 10**6, 10**9, 10**12])
@pytest.mark.parametrize("width", [150, 800, 2_000])
def test_ticks_never_crowd(span: int, width: int) -> None:
    ticks = TimeScale(0, span, width).ticks()
    for one, other in pairwise(ticks):
        assert (other.micros - one.micros) * width / span >= 90


def test_a_scale_without_width_has_no_ticks_and_no_crash() -> None:
    flat = TimeScale(5, 5, 0)
    assert flat.ticks() == []
    assert flat.micros(3) == 5
    assert flat.zoomed(0, 2).start == 5
