"""What a Linux desktop is given, and what the system must give: sound files, and programs that use them."""

import configparser
import importlib.util
import plistlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
LINKS = "x-scheme-handler/vedette"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, LINUX / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checker() -> Iterator[ModuleType]:
    yield load("check_system_libraries")
    del sys.modules["check_system_libraries"]


@pytest.fixture
def installer() -> Iterator[ModuleType]:
    yield load("install_desktop")
    del sys.modules["install_desktop"]


# ---------------------------------------------------------------- system libraries


def test_the_list_names_each_library_once_with_a_package_for_each_family(checker: ModuleType) -> None:
    libraries = checker.read_list(checker.LIST.read_text(encoding="utf-8"))
    names = [library.soname for library in libraries]
    assert len(names) == len(set(names)) > 20
    assert {library.need for library in libraries} == {"qt", "x11", "wayland"}
    for library in libraries:
        assert set(library.packages) == {"debian", "fedora", "arch"}
        assert ".so." in library.soname


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared objects of Linux")
def test_the_list_holds_what_the_platform_plugins_of_qt_link_to(checker: ModuleType) -> None:
    readelf = shutil.which("readelf")
    if readelf is None:
        pytest.skip("readelf is not installed")
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    platforms = Path(spec.origin).parent / "Qt" / "plugins" / "platforms"
    needed: set[str] = set()
    for plugin in ("libqxcb.so", "libqwayland.so", "libqoffscreen.so"):
        said = subprocess.run(
            [readelf, "-d", str(platforms / plugin)], capture_output=True, text=True, check=True
        ).stdout
        needed |= set(re.findall(r"NEEDED.*\[(.+?)\]", said))
    own = {name for name in needed if name.startswith(("libQt6", "libicu"))}
    every_system_has = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "libpthread.so.0"}
    brought_along = {"libxcb.so.1"}
    listed = {library.soname for library in checker.read_list(checker.LIST.read_text(encoding="utf-8"))}
    assert needed - own - every_system_has - brought_along <= listed


@pytest.mark.parametrize(
    ("release", "family"),
    [
        ('ID=debian\nVERSION_ID="12"\n', "debian"),
        ("ID=ubuntu\nID_LIKE=debian\n", "debian"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "debian"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("ID=manjaro\nID_LIKE=arch\n", "arch"),
        ("ID=alpine\n", None),
        ("", None),
    ],
)
def test_the_family_of_a_distribution_is_found(checker: ModuleType, release: str, family: str | None) -> None:
    assert checker.family(release) == family


def test_what_is_missing_is_named_in_one_sentence_with_the_command(checker: ModuleType) -> None:
    libraries = checker.read_list(checker.LIST.read_text(encoding="utf-8"))
    missing = checker.missing_libraries(
        libraries, lambda name: name not in ("libEGL.so.1", "libxcb-icccm.so.4")
    )
    text = checker.sentence(missing, "debian")
    assert "sudo apt-get install" in text
    assert text.endswith("libegl1 libxcb-icccm4")
    assert "dnf install" in checker.sentence(missing, "fedora")
    assert "libEGL.so.1" in checker.sentence(missing, None)


def test_a_library_is_found_by_the_loader(checker: ModuleType) -> None:
    assert not checker.is_loadable("libno-such-thing.so.9")
    if sys.platform.startswith("linux"):
        assert checker.is_loadable("libc.so.6")


@pytest.mark.parametrize(("missing", "code"), [("libEGL.so.1", 1), ("libxcb-icccm.so.4", 0)])
def test_only_what_nothing_starts_without_fails_a_build(
    checker: ModuleType,
    missing: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    libraries = checker.read_list(checker.LIST.read_text(encoding="utf-8"))
    found = [library for library in libraries if library.soname == missing]
    monkeypatch.setattr(checker, "missing_libraries", lambda libraries: found)
    assert checker.check(libraries, "debian", None) == code
    assert found[0].packages["debian"] in capsys.readouterr().err


def test_as_root_on_debian_it_is_installed_without_a_question(
    checker: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        # The lists are old: the first try fails.
        return subprocess.CompletedProcess(command, 0 if len(asked) > 1 else 100)

    monkeypatch.setattr(checker.subprocess, "run", run)
    assert checker.apt_install(["libegl1"], ["sudo", "-n"])
    assert [("update" in command, "install" in command) for command in asked] == [
        (False, True),
        (True, False),
        (False, True),
    ]
    assert asked[0][:4] == ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    assert any(word.startswith("DPkg::Lock::Timeout=") for word in asked[0])


@pytest.mark.parametrize(
    ("version", "has_ensurepip", "told"),
    [
        ((3, 10, 12), True, "needs Python 3.11 or newer"),
        ((3, 11, 2), False, "python3.11-venv"),
        ((3, 13, 0), True, None),
    ],
)
def test_a_python_that_will_not_do_is_told(
    checker: ModuleType, version: tuple[int, ...], has_ensurepip: bool, told: str | None
) -> None:
    fault = checker.python_fault(version, has_ensurepip, "debian")
    assert fault is None if told is None else told in fault


# ---------------------------------------------------------------- desktop


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / "vedette.desktop", encoding="utf-8")
    assert parser.sections() == ["Desktop Entry", "Desktop Action new-window"]
    assert parser["Desktop Action new-window"]["Exec"] == "vedette --new-window"
    return parser["Desktop Entry"]


def test_the_desktop_entry_has_what_the_specification_asks_for() -> None:
    found = entry()
    assert found["Type"] == "Application"
    assert found["Exec"].split()[0] == found["TryExec"] == found["Icon"] == "vedette"
    assert found["Terminal"] == "false"
    for name in ("Categories", "MimeType", "Keywords"):
        assert found[name].endswith(";")
    # One link, and no files: there is nothing yet that opens captures.
    assert found["Exec"] == "vedette %u"
    assert found["MimeType"] == f"{LINKS};"
    if (validate := shutil.which("desktop-file-validate")) is not None:
        done = subprocess.run(
            [validate, str(LINUX / "vedette.desktop")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_macos_is_given_the_same_links() -> None:
    found = plistlib.loads((ROOT / "packaging" / "macos" / "links.plist").read_bytes())
    (kind,) = found["CFBundleURLTypes"]
    assert [f"x-scheme-handler/{scheme}" for scheme in kind["CFBundleURLSchemes"]] == [LINKS]


def test_the_description_for_software_centres_agrees_with_the_entry() -> None:
    from vedette import __version__

    root = ET.parse(LINUX / "vedette.metainfo.xml").getroot()
    assert root.findtext("launchable") == "vedette.desktop"
    assert root.findtext("provides/mediatype") == LINKS
    assert root.findtext("summary") == entry()["Comment"]
    assert root.findtext("project_license") == "Apache-2.0"
    versions = [release.get("version") for release in root.iter("release")]
    assert versions[0] == __version__
    if (tool := shutil.which("appstreamcli")) is not None:
        said = subprocess.run(
            [tool, "validate", "--no-net", str(LINUX / "vedette.metainfo.xml")],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        assert "E:" not in said


def test_installing_places_everything_below_the_prefix_and_removing_takes_it_away(
    installer: ModuleType, tmp_path: Path
) -> None:
    share = tmp_path / "pré fix" / "share"
    installer.install(share, Path("/opt/Ve dette/bin/vedette"))
    text = (share / "applications" / "vedette.desktop").read_text(encoding="utf-8")
    assert 'Exec="/opt/Ve dette/bin/vedette" %u\n' in text
    assert 'Exec="/opt/Ve dette/bin/vedette" --new-window\n' in text
    assert "TryExec=/opt/Ve dette/bin/vedette\n" in text
    for _, target in installer.placed_files(share):
        assert target.stat().st_size > 0
    assert (share / "icons" / "hicolor" / "256x256" / "apps" / "vedette.png").exists()
    installer.remove(share)
    installer.remove(share)
    assert [path for path in share.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(shutil.which("update-desktop-database") is None, reason="desktop-file-utils is missing")
def test_links_are_known_after_installing(installer: ModuleType, tmp_path: Path) -> None:
    share = tmp_path / "share"
    installer.install(share, None)
    installer.refresh(share)
    assert f"{LINKS}=vedette.desktop;" in (share / "applications" / "mimeinfo.cache").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        ("/usr/bin/vedette", '"/usr/bin/vedette"'),
        ('/a"b/100%/$x', r'"/a\\"b/100%%/\\$x"'),
    ],
)
def test_a_program_is_quoted_as_an_exec_line_wants(installer: ModuleType, path: str, quoted: str) -> None:
    assert installer.quoted(path) == quoted
