"""Raw bytes onto the disk: one zstd frame per request, large items apart as blobs.

What came in after transport decompression can be given back byte for byte: `payload.parts` says how the
frame and the blobs interleave.
"""

import threading
from collections.abc import Sequence

import apsw
import orjson
import zstandard
from sqlalchemy import bindparam, delete, insert, select, update

from vedette.domain.times import now
from vedette.store import dialect, schema
from vedette.store.blobs import BlobStore
from vedette.store.engine import sql_of
from vedette.store.writer.records import ItemRecord

LARGE = 100_000
LEVEL = 3
TRAIN_AT = 500
DICTIONARY_SIZE = 64 * 1024
_SAMPLE_LIMIT = 64 * 1024


class Payloads:
    """Packs bodies, with a dictionary trained on this workspace once it has seen enough of them."""

    def __init__(self, raw: apsw.Connection, blobs: BlobStore, shipped: bytes | None = None) -> None:
        self._raw = raw
        self._blobs = blobs
        self._insert = sql_of(insert(schema.payload))
        self._count_blob = sql_of(dialect.upsert_adding(schema.blob, [schema.blob.c.n]))
        self._rows: list[tuple[object, ...]] = []
        self._named: list[tuple[str, int]] = []
        self._samples: list[bytes | bytearray | memoryview[int]] = []
        self._training: threading.Thread | None = None
        self._trained: bytes | None = None
        dictionary = schema.dictionary
        row = raw.execute(
            sql_of(select(dictionary.c.id, dictionary.c.bytes).order_by(dictionary.c.id.desc()))
        ).fetchone()
        self._number = 0
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        if row is not None:
            self._use(row[0], row[1])
        elif shipped is not None:
            self._keep(shipped, trained=0)
        # 1 is the dictionary shipped with the program; a later one was trained here.
        self._wants_training = self._number <= 1

    def _use(self, number: int, dictionary: bytes) -> None:
        self._number = number
        compiled = zstandard.ZstdCompressionDict(dictionary)
        compiled.precompute_compress(level=LEVEL)
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=compiled)

    def _keep(self, dictionary: bytes, trained: int) -> None:
        number = self._number + 1
        self._raw.execute(sql_of(insert(schema.dictionary)), (number, dictionary, trained))
        self._use(number, dictionary)

    def forget(self) -> None:
        self._rows, self._named = [], []

    def add(self, request: int, body: bytes | memoryview, items: Sequence[ItemRecord]) -> dict[int, str]:
        """Take *body* for the batch. Returns the blob name of each item that was put apart."""
        if not body:
            return {}
        size = len(body)
        blobs: dict[int, str] = {}
        parts: list[int | str] | None = None
        inline: bytes | memoryview = body
        if size > LARGE:
            inline, parts, blobs = self._split(body, items)
        elif self._wants_training:
            self._sample(bytes(body))
        packed = self._compressor.compress(inline)
        self._rows.append(
            (request, self._number, size, packed, None if parts is None else orjson.dumps(parts).decode())
        )
        return blobs

    def drop(self, request: int) -> None:
        """Let go of the body that is kept of *request*; the caller holds the transaction."""
        payload, blob = schema.payload, schema.blob
        row = self._raw.execute(
            sql_of(select(payload.c.parts).where(payload.c.id == 0)), (request,)
        ).fetchone()
        less = update(blob).values(n=blob.c.n - bindparam("one")).where(blob.c.name == bindparam("which"))
        for part in orjson.loads(row[0]) if row and row[0] else ():
            if isinstance(part, str):
                self._raw.execute(sql_of(less), (1, part))
        # The files of blobs nothing counts go with the next sweep.
        self._raw.execute(sql_of(delete(blob).where(blob.c.n <= 0)), (0,))
        self._raw.execute(sql_of(delete(payload).where(payload.c.id == 0)), (request,))

    def _split(
        self, body: bytes | memoryview, items: Sequence[ItemRecord]
    ) -> tuple[bytes, list[int | str], dict[int, str]]:
        view = memoryview(body)
        large = [item for item in items if item.length > LARGE]
        if not large:
            # Nothing inside to point at: the body as a whole goes apart.
            return b"", [self._put(view)], {}
        parts: list[int | str] = []
        inline: list[memoryview] = []
        blobs: dict[int, str] = {}
        at = 0
        for item in large:
            if item.start > at:
                parts.append(item.start - at)
                inline.append(view[at : item.start])
            at = item.start + item.length
            blobs[item.n] = self._put(view[item.start : at])
            parts.append(blobs[item.n])
        if at < len(view):
            parts.append(len(view) - at)
            inline.append(view[at:])
        return b"".join(inline), parts, blobs

    def _put(self, data: memoryview) -> str:
        name = self._blobs.put(data)
        self._named.append((name, 1))
        return name

    def _sample(self, body: bytes) -> None:
        if self._training is None:
            self._samples.append(body[:_SAMPLE_LIMIT])
            if len(self._samples) >= TRAIN_AT:
                samples, self._samples = self._samples, []
                self._training = threading.Thread(
                    target=self._train, args=(samples,), name="dictionary training", daemon=True
                )
                self._training.start()

    def _train(self, samples: "list[bytes | bytearray | memoryview[int]]") -> None:
        # Takes most of a second, so off the writer; zstd releases the lock while it works.
        self._trained = zstandard.train_dictionary(DICTIONARY_SIZE, samples, level=LEVEL).as_bytes()

    def flush(self) -> None:
        """Write the batch's payloads; the caller holds the transaction."""
        if self._rows:
            self._raw.executemany(self._insert, self._rows)
            self._raw.executemany(self._count_blob, self._named)
            self._rows, self._named = [], []

    def between_batches(self) -> None:
        """Take up a dictionary that has been trained meanwhile."""
        if self._trained is not None:
            trained, self._trained = self._trained, None
            self._keep(trained, now())
            self._wants_training = False
