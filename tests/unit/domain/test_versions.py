"""Versions order as people number them; what has none orders by when it was first seen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.versions import SeenRelease, compare_releases, package_and_version, parse_version


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("shop@1.0", "shop@1.1"),
        ("shop@1.9.0", "shop@1.10.0"),
        ("shop@1.2.3.4", "shop@1.2.3.5"),
        ("shop@2.0-beta.2", "shop@2.0"),
        ("shop@2.0-beta.2", "shop@2.0-beta.11"),
        ("shop@2.0-1", "shop@2.0-alpha"),
        ("shop@2.0-alpha", "shop@2.0-alpha.1"),
        ("shop@1.0+41", "shop@1.0+42"),
        ("shop@1.0+9", "shop@1.0+10"),
        ("shop@1.0", "shop@1.0+1"),
        ("1.2.0", "1.10.0"),
        ("shop@7", "shop@8"),
    ],
)
def test_a_version_is_later_whenever_it_was_seen(earlier: str, later: str) -> None:
    one, other = SeenRelease(earlier, 200), SeenRelease(later, 100)
    assert compare_releases(one, other) < 0
    assert compare_releases(other, one) > 0
    assert compare_releases(SeenRelease(earlier, None), other) < 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a1b2c3d4e5f6", "0f0f0f0f0f0f"),  # commits
        ("shop@1.0", "till@9.0"),  # another package
        ("shop@1.0", "1.1"),
        ("20261124", "7"),  # bare numbers are no versions
        ("nightly", "shop@1.0"),
    ],
)
def test_without_versions_to_compare_the_first_sight_decides(one: str, other: str) -> None:
    assert compare_releases(SeenRelease(one, 100), SeenRelease(other, 200)) < 0
    assert compare_releases(SeenRelease(one, 300), SeenRelease(other, 200)) > 0
    assert compare_releases(SeenRelease(one, 200), SeenRelease(other, 200)) == 0
    assert compare_releases(SeenRelease(one, None), SeenRelease(other, 200)) > 0
    assert compare_releases(SeenRelease(one, None), SeenRelease(other, None)) == 0


def test_a_release_is_neither_earlier_nor_later_than_itself() -> None:
    assert compare_releases(SeenRelease("nightly", 1), SeenRelease("nightly", None)) == 0


def test_equal_versions_written_differently_are_the_same_age() -> None:
    assert compare_releases(SeenRelease("shop@1.0", 1), SeenRelease("shop@1.0.0", 2)) == 0


def test_no_version_is_none() -> None:
    assert parse_version("x1") is None
    assert package_and_version("@1.0") is None
    assert package_and_version("shop@") is None


NAMES = st.from_regex(
    r"(a@|b@)?[0-9]{0,3}(\.[0-9]{1,2}){0,4}(-?[a-z0-9.]{0,4})?(\+[0-9a-z.]{1,3})?", fullmatch=True
)
RELEASES = st.builds(
    SeenRelease, st.one_of(NAMES, st.text(max_size=12)), st.one_of(st.none(), st.integers(0, 3))
)


@settings(derandomize=True, max_examples=200)
@given(RELEASES, RELEASES)
def test_the_order_is_the_same_from_both_sides(one: SeenRelease, other: SeenRelease) -> None:
    assert compare_releases(one, other) == -compare_releases(other, one)
