"""The floor to compare with: a handler that only reads the body. `python -m tests.bench.floor PORT`."""

import asyncio
import sys

from aiohttp import web


async def read(request: web.Request) -> web.Response:
    await request.read()
    return web.json_response({"id": "0" * 32})


async def serve(port: int) -> None:
    app = web.Application(client_max_size=1 << 26)
    app.router.add_post("/api/{project}/envelope/", read)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(serve(int(sys.argv[1])))
    else:
        uvloop.run(serve(int(sys.argv[1])))


if __name__ == "__main__":
    main()
