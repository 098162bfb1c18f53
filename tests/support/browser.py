"""A real Chromium without a window, driven by its DevTools protocol.

The commands are those of chromedevtools.github.io/devtools-protocol; a press of the mouse sent this way is a
trusted one, which a script's `click()` is not: only the former counts as an interaction in web vitals.
"""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PATIENCE = 30.0
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--window-size=900,700",
    "--remote-debugging-port=0",
)


def chromium() -> str:
    """Return the path of a Chromium of this machine; skips where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and sys.platform == "darwin" and MAC.exists():
        found = str(MAC)
    if found is None:
        pytest.skip("this machine has no Chromium")
    return found


class Page:
    """One tab. Every call fails after `PATIENCE` seconds."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session: str) -> None:
        self._socket, self._session, self._last = socket, session, 0
        self.noted: list[str] = []  # what the page wrote to its console, and its uncaught errors

    async def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command to the tab and return its result; fails on an error."""
        self._last += 1
        command = {"id": self._last, "method": method, "params": parameters, "sessionId": self._session}
        await self._socket.send_json(command)
        while True:
            answer = await self._socket.receive_json(timeout=PATIENCE)
            if answer.get("id") == self._last:
                assert "error" not in answer, (method, answer["error"])
                result: dict[str, Any] = answer["result"]
                return result
            if answer.get("method") == "Runtime.exceptionThrown":
                self.noted.append(str(answer["params"]["exceptionDetails"]))
            elif answer.get("method") == "Runtime.consoleAPICalled":
                self.noted.append(str([arg.get("value") for arg in answer["params"]["args"]]))

    async def evaluate(self, expression: str) -> Any:
        """Return what *expression* gives in the page, awaited if it is a promise."""
        answer = await self.ask(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, (expression, answer["exceptionDetails"], self.noted)
        return answer["result"].get("value")

    async def wait_for(self, expression: str, what: str) -> Any:
        """Return the first true value of *expression*."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not (value := await self.evaluate(expression)):
                    await asyncio.sleep(0.05)
                return value
        raise AssertionError(f"after {PATIENCE:g} s still not: {what}; the page said {self.noted}")

    async def click(self, selector: str) -> None:
        """Press and release the left button in the middle of the element."""
        x, y = await self.evaluate(
            "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
            f"(document.querySelector({selector!r}).getBoundingClientRect())"
        )
        await self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased"):
            await self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def write(self, text: str) -> None:
        """Type *text* where the keyboard is."""
        for letter in text:
            for kind in ("keyDown", "keyUp"):
                await self.ask("Input.dispatchKeyEvent", type=kind, text=letter if kind == "keyDown" else "")

    async def leave(self) -> None:
        """Go to an empty page, so that the one before is told that it is left."""
        await self.ask("Page.navigate", url="about:blank")
        await self.wait_for("location.href === 'about:blank'", "the page is left")


@contextlib.asynccontextmanager
async def open_page(profile: Path, url: str) -> AsyncIterator[Page]:
    """Start a Chromium of its own with *profile* as its folder, and open *url* in it."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [chromium(), *OPTIONS, f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env={**os.environ, "HOME": str(profile), "LANGUAGE": "en"},
        )
        try:
            address = await _debugger(profile, process)
            async with (
                aiohttp.ClientSession() as client,
                client.ws_connect(address, max_msg_size=0) as socket,
            ):
                yield await _attach(socket, url)
                await socket.send_json({"id": 0, "method": "Browser.close"})
                await asyncio.to_thread(process.wait, PATIENCE)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait(PATIENCE)


async def _debugger(profile: Path, process: subprocess.Popen[bytes]) -> str:
    """Return the address for commands, which Chromium writes into its profile when it is ready."""
    file = profile / "DevToolsActivePort"
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while process.poll() is None:
                lines = file.read_text().splitlines() if file.exists() else []
                if len(lines) == 2:
                    return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
                await asyncio.sleep(0.05)
    raise AssertionError(f"Chromium is not ready (exit code {process.poll()})")


async def _attach(socket: aiohttp.ClientWebSocketResponse, url: str) -> Page:
    """Return the tab Chromium began with, on its way to *url*."""

    async def ask(method: str, **parameters: Any) -> dict[str, Any]:
        await socket.send_json({"id": 1, "method": method, "params": parameters})
        while True:
            answer = await socket.receive_json(timeout=PATIENCE)
            if answer.get("id") == 1:
                result: dict[str, Any] = answer["result"]
                return result

    targets = (await ask("Target.getTargets"))["targetInfos"]
    tab = next(target["targetId"] for target in targets if target["type"] == "page")
    session = (await ask("Target.attachToTarget", targetId=tab, flatten=True))["sessionId"]
    page = Page(socket, session)
    await page.ask("Page.enable")
    await page.ask("Runtime.enable")
    await page.ask("Page.navigate", url=url)
    return page
