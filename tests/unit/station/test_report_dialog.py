"""The crash report dialog: the script, and what it does in a page."""

import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.ingest import KEY, Bench, running_bench

EVENT_ID = "a" * 32
TITLE = 'It "broke" </script>'
ASKED = {
    "dsn": f"http://{KEY}@127.0.0.1/5",
    "eventId": EVENT_ID,
    "title": TITLE,
    "name": "Ada",
}

# As much of a browser as the script needs: prints what it shows, and what it posts once the form is filled.
PAGE = """
const listeners = {};
function element(kind) {
  return {
    kind, style: {}, children: [], attributes: {}, listeners: {},
    setAttribute(name, value) { this.attributes[name] = value; },
    appendChild(child) { this.children.push(child); },
    addEventListener(name, f) { this.listeners[name] = f; },
    remove() { this.isGone = true; },
    focus() { this.hasFocus = true; },
  };
}
globalThis.window = globalThis;
globalThis.document = {
  currentScript: { src: "http://desk/api/embed/error-page/?x=1" },
  body: element("body"),
  createElement: element,
  addEventListener(name, f) { listeners[name] = f; },
  removeEventListener(name) { delete listeners[name]; },
};
globalThis.fetch = (url, options) => {
  console.log(JSON.stringify([url, options.method, options.body.toString()]));
  return Promise.resolve({ ok: process.argv[2] === "200", status: Number(process.argv[2]) });
};
const done = () => {
  const [back] = document.body.children;
  const [form] = back.children;
  console.log(form.children[0].textContent);
  const fields = form.children.filter((row) => row.kind === "label").map((row) => row.children[0]);
  console.log(fields.map((field) => `${field.name}=${field.value}`).join(" "), fields[0].hasFocus);
  fields[1].value = "ada@shop.example";
  fields[2].value = "It broke";
  form.listeners.submit({ preventDefault() {} });
  setTimeout(() => {
    const told = form.textContent === "" ? form.children.at(-2) : form.children[2];
    console.log(told.textContent);
    listeners.keydown({ key: "Escape" });
    console.log(back.isGone, "keydown" in listeners);
  }, 10);
};
"""


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with running_bench(tmp_path) as bench:
        yield bench


async def load(bench: Bench, **asked: str) -> tuple[int, str, str]:
    url = f"{bench.url}/api/embed/error-page/?{urlencode(asked)}"
    async with bench.client.get(url) as response:
        text = await response.text()
    await bench.settled()
    return response.status, response.content_type, text


@pytest.mark.parametrize("status", ["200", "400", "500"])
async def test_the_dialog_asks_and_posts_what_was_said(bench: Bench, tmp_path: Path, status: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node here")
    answer, kind, script = await load(bench, **ASKED)
    assert (answer, kind) == (200, "text/javascript")
    assert bench.spool.entries == []
    page = tmp_path / "page.js"
    page.write_text(f"{PAGE}\n{script}\ndone();\n", encoding="utf-8")
    ran = subprocess.run([node, str(page), status], capture_output=True, text=True, timeout=20, check=False)
    assert ran.stderr == ""
    title, fields, posted, said, end = ran.stdout.splitlines()
    assert title == TITLE
    assert fields == "name=Ada email= comments= true"
    assert posted == (
        '["http://desk/api/embed/error-page/?x=1","POST",'
        '"name=Ada&email=ada%40shop.example&comments=It+broke"]'
    )
    assert (
        said
        == {
            "200": "Your feedback has been sent. Thank you!",
            "400": "Some fields were invalid. Please correct the errors and try again.",
            "500": "An unknown error occurred while submitting your report. Please try again.",
        }[status]
    )
    assert end == "true false"


@pytest.mark.parametrize("missing", ["dsn", "eventId"])
async def test_without_a_dsn_or_an_event_there_is_no_dialog(bench: Bench, missing: str) -> None:
    status, _, _ = await load(bench, **{name: value for name, value in ASKED.items() if name != missing})
    assert status in (400, 401)
    assert bench.metas[0]["endpoint"] == "feedback"
