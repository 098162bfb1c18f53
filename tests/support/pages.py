"""`tests/node` served on the loopback interface: its page, and the SDK's modules as npm installed them."""

import contextlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override

from tests.support.node import FOLDER


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # some three hundred modules: a connection for each would cost seconds
    # Not what the machine's registry says: on Windows it has often no right word for scripts.
    extensions_map = {".html": "text/html", ".json": "application/json", "": "text/javascript"}  # noqa: RUF012

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve for the time of a `with` block; gives the address of the page's folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(FOLDER))) as server:
        thread = threading.Thread(target=server.serve_forever, name="pages", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/page"
        finally:
            server.shutdown()
            thread.join()
