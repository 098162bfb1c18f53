"""Bytes as lines of hex with the letters beside them. Pure."""


def hex_lines(data: bytes) -> list[str]:
    """Return sixteen bytes a line: offset, hex, and what is printable."""
    return [
        f"{at:06x}  {data[at : at + 16].hex(' '):<47}  "
        + "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in data[at : at + 16])
        for at in range(0, len(data), 16)
    ]
