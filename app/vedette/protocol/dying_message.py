"""What a Nintendo Switch program leaves behind when it crashes: items of an envelope, packed. Bytes in.

Source: getsentry/relay, the Switch's dying message: ``sntr``, version, how it is packed, length, data.
"""

import struct
from collections.abc import Iterator

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.encodings import Encoding, decode
from vedette.protocol.envelope import iter_items

MAGIC = b"sntr"
_HEADER = 8
_LARGEST = 100 << 10  # bytes, unpacked
_MOST_ITEMS = 100


def read_dying_message(payload: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield type and payload of each item. Raises IngestError: BAD_CRASH_REPORT, and as `iter_items`."""
    if payload[:4] != MAGIC or len(payload) < _HEADER:
        raise _damaged("it does not begin with sntr")
    version, packing = payload[4], payload[5]
    (length,) = struct.unpack_from(">H", payload, 6)
    data = payload[_HEADER : _HEADER + length]
    if version != 0 or packing >> 6 != 0:
        raise _damaged(f"version {version} and format {packing >> 6} are not known")
    if len(data) < length:
        raise _damaged("cut short")
    compression = packing >> 4 & 3
    if compression == 1:
        if packing & 0x0F:
            raise _damaged(f"it is packed with dictionary {packing & 0x0F}, which is not public")
        data = decode(data, Encoding.ZSTD, _LARGEST)
    elif compression:
        raise _damaged(f"compression {compression} is not known")
    for item in iter_items(data, max_items=_MOST_ITEMS):
        yield item.type, data[item.start : item.end]


def _damaged(what: str) -> IngestError:
    return IngestError(Reason.BAD_CRASH_REPORT, f"invalid dying message: {what}")
