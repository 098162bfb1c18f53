"""The settings file: typed, whole, and kind to what it does not know."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from vedette.protocol.limits import MIB, Limits
from vedette.station.settings import Settings, SettingsError, SettingsFile, to_toml


def test_without_a_file_everything_is_as_by_default(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path / "settings.toml").read() == Settings()
    assert not Settings().listening.lan


def test_what_is_written_is_read_again_and_unknown_keys_survive(tmp_path: Path) -> None:
    path = tmp_path / "sättings.toml"
    path.write_text(
        'later = 1\n[listening]\nlan = false\nfuture = "ü"\n[window]\nzoom = 1.5\n', encoding="utf-8"
    )
    file = SettingsFile(path)
    settings = file.read().changed(
        {"listening": {"lan": True, "interfaces": ["192.0.2.2"]}, "retention": {"days": 7}}
    )
    file.write(settings)
    assert SettingsFile(path).read() == settings
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (said["later"], said["listening"]["future"], said["window"]) == (1, "ü", {"zoom": 1.5})
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "text",
    [
        "listening = 3",
        "[listening]\nlan = 1",
        "[listening]\ninterfaces = [1]",
        "[listening]\nname = 5",
        "[retention]\ndays = -1",
        "[retention]\ndays = true",
        "[listening]\notlp_port = 65536",
        "[retention]\ngigabytes = 0",
        "not toml",
    ],
)
def test_an_impossible_value_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(SettingsError):
        SettingsFile(path).read()


@pytest.mark.parametrize(
    "change", [{"nothing": {}}, {"listening": {"wan": True}}, {"listening": {"lan": "yes"}}]
)
def test_a_change_of_what_is_no_setting_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        Settings().changed(change)


def test_any_toml_value_survives_being_written() -> None:
    value = {
        "text": 'quote " backslash \\ newline \n tab \t ü \x7f \x00',
        "numbers": [1, -2, 1.5, 1e300],
        "yes": True,
        "day": date(2026, 11, 24),
        "odd key": {"deeper": {"a.b": [{"x": [1]}, {"y": "z"}]}},
        "empty": {},
    }
    assert tomllib.loads(to_toml(value)) == value


def test_sizes_are_the_protocols_limits() -> None:
    sizes = Settings.from_json({"limits": {"event_megabytes": 2, "replay_megabytes": 0.5}}).limits
    limits = Limits.of(sizes.to_limits())
    assert (limits.event, limits.replay_compressed) == (2 * MIB, MIB // 2)
    assert (limits.wire, limits.body, limits.attachment) == (200 * MIB, 200 * MIB, 200 * MIB)
    assert limits.limit_for("transaction") == 2 * MIB


@pytest.mark.parametrize("name", list(Settings().to_json()["limits"]))
def test_every_size_sets_a_limit_of_the_protocol(name: str) -> None:
    changed = Settings().changed({"limits": {name: 3.5}}).limits.to_limits()
    usual = Settings().limits.to_limits()
    different = {key for key in changed if changed[key] != usual[key]}
    assert different
    assert all(getattr(Limits.of(changed), key) == round(3.5 * MIB) for key in different)


@pytest.mark.parametrize("value", [0, -1, 4097, True, "10"])
def test_a_size_that_cannot_be_is_refused(value: object) -> None:
    with pytest.raises(SettingsError, match="body_megabytes"):
        Settings().changed({"limits": {"body_megabytes": value}})
