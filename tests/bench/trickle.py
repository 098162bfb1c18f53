"""Posts errors at a steady rate until it is ended: `python -m tests.bench.trickle PORT RATE`.

A process of its own, so that making the load does not slow what is measured.
"""

import asyncio
import itertools
import sys

from tests.bench.load import post_all, request
from tests.bench.payloads import compressed, errors, varied

STEP = 0.05


async def trickle(port: int, rate: float) -> None:
    """Post *rate* errors a second for ever."""
    bodies = itertools.cycle(compressed(varied(errors(), 2_000, seed=11)))
    loop = asyncio.get_running_loop()
    began, sent = loop.time(), 0
    while True:
        due = int((loop.time() - began) * rate) - sent
        if due > 0:
            await post_all(port, [request(port, body) for body in itertools.islice(bodies, due)], 2)
            sent += due
        await asyncio.sleep(STEP)


if __name__ == "__main__":
    asyncio.run(trickle(int(sys.argv[1]), float(sys.argv[2])))
