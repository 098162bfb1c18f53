from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.in_app import is_application_frame, mark_in_app
from vedette.processing.normalise import normalise_event


@pytest.mark.parametrize(
    ("platform", "frame", "is_own"),
    [
        ("python", {"path": "/srv/shop/till.py"}, True),
        ("python", {"path": "/srv/.venv/lib/python3.11/site-packages/django/x.py"}, False),
        ("python", {"path": "/usr/lib/python3.11/json/decoder.py"}, False),
        ("python", {"path": "C:\\Users\\a\\Python311\\Lib\\json\\decoder.py"}, False),
        ("python", {"path": "C:\\shop\\lib\\till.py"}, True),
        ("python", {"path": "<frozen importlib._bootstrap>"}, False),
        ("node", {"path": "/srv/shop/till.js"}, True),
        ("node", {"path": "/srv/internal/till.js"}, True),
        ("node", {"path": "/srv/node_modules/express/x.js"}, False),
        ("node", {"path": "node:internal/main"}, False),
        ("node", {"path": "internal/process/task_queues.js"}, False),
        ("javascript", {"path": "chrome-extension://abc/x.js"}, False),
        ("javascript", {"path": "webpack:///./node_modules/react/x.js"}, False),
        ("javascript", {"path": "https://shop.example/app.js"}, True),
        ("java", {"module": "com.example.Till"}, True),
        ("java", {"module": "java.util.ArrayList"}, False),
        ("java", {"module": "android.os.Handler"}, False),
        ("csharp", {"module": "Shop.Till"}, True),
        ("csharp", {"module": "System.Linq.Enumerable"}, False),
        ("csharp", {"module": "Systematic.Till"}, True),
        ("go", {"module": "main", "path": "/srv/main.go"}, True),
        ("go", {"module": "example.org/shop/till"}, True),
        ("go", {"module": "net/http"}, False),
        ("go", {"module": "runtime", "path": "/usr/local/go/src/runtime/panic.go"}, False),
        ("go", {"module": "gin", "path": "/root/go/pkg/mod/gin@1/x.go"}, False),
        ("ruby", {"path": "/srv/shop/till.rb"}, True),
        ("ruby", {"path": "/usr/lib/ruby/gems/3.1/gems/rack/x.rb"}, False),
        ("php", {"path": "/srv/shop/Till.php"}, True),
        ("php", {"path": "/srv/vendor/laravel/x.php"}, False),
        ("native", {"package": "/srv/shop/till"}, True),
        ("native", {"package": "/lib/x86_64-linux-gnu/libc.so.6"}, False),
        ("cocoa", {"package": "/System/Library/Frameworks/UIKit"}, False),
        ("native", {"package": "C:\\WINDOWS\\System32\\ntdll.dll"}, False),
        ("other", {"path": "/srv/x"}, False),
        ("python", {}, False),
    ],
)
def test_each_family_knows_its_own_frames(platform: str, frame: dict[str, str], is_own: bool) -> None:
    parts = [frame.get(name, "") for name in ("module", "path", "package", "function")]
    assert is_application_frame(platform, *parts) is is_own


def marked(frame: dict[str, Any], **event: Any) -> dict[str, Any]:
    sent = {"exception": {"type": "A", "stacktrace": {"frames": [frame]}}, "platform": "python", **event}
    found = normalise_event(sent, Arrival(received=1))
    mark_in_app(found)
    return dict(found["exception"]["values"][0]["stacktrace"]["frames"][0])


@pytest.mark.parametrize("said", [True, False])
def test_the_sdk_is_believed(said: bool) -> None:
    frame = marked({"filename": "/usr/lib/python3/x.py", "in_app": said})
    assert frame["in_app"] is said
    assert "data" not in frame


@pytest.mark.parametrize("said", [None, "yes", 1])
def test_where_the_sdk_says_nothing_a_rule_decides_and_it_shows(said: Any) -> None:
    frame = marked({"filename": "/srv/x.py", "in_app": said})
    assert frame["in_app"] is True
    assert frame["data"] == {"orig_in_app": -1}


def test_a_frame_s_own_platform_comes_first() -> None:
    assert marked({"filename": "/srv/x", "module": "java.util.X", "platform": "java"})["in_app"] is False


def test_threads_are_marked_too() -> None:
    sent = {
        "threads": [{"id": 1, "stacktrace": {"frames": [{"filename": "/srv/x.py"}]}}],
        "platform": "python",
    }
    found = normalise_event(sent, Arrival(received=1))
    mark_in_app(found)
    assert found["threads"]["values"][0]["stacktrace"]["frames"][0]["in_app"] is True
