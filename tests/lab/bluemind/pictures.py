# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pictures: whatever comes in, a PNG goes out (contract 5.6).

The lab decodes plain PNG files only (8 bits, not interlaced). Of another image it keeps one pixel that depends on the content.
"""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib

from .errors import ServerFault, invalid

SIGNATURE = b"\x89PNG\r\n\x1a\n"
OTHERS = (b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"RIFF")
LARGEST_SIDE = 1000
LARGEST_BYTES = 1024 * 1024
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
RGB = 2


def encoded(content: bytes) -> str:
    """As it is stored: base64 of a new PNG."""
    if content.startswith(SIGNATURE):
        png = _again(content)
    elif content.startswith(OTHERS):
        png = _pixel(hashlib.sha256(content).digest()[:3])
    else:
        raise invalid("not an image")
    if len(png) >= LARGEST_BYTES:
        raise ServerFault("ENTITY_TOO_LARGE", "image is too large")
    return base64.b64encode(png).decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _file(header: bytes, rows: bytes, level: int = 6) -> bytes:
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, level)) + _chunk(b"IEND", b"")


def _pixel(colour: bytes) -> bytes:
    return _file(struct.pack(">IIBBBBB", 1, 1, 8, RGB, 0, 0, 0), b"\0" + colour)


def _again(content: bytes) -> bytes:
    try:
        chunks = list(_chunks(content))
        header = chunks[0][1]
        width, height, depth, colour, _method, _filter, interlaced = struct.unpack(">IIBBBBB", header)
        packed = b"".join(data for kind, data in chunks if kind == b"IDAT")
        rows = zlib.decompress(packed)
    except (zlib.error, struct.error, IndexError):
        # A picture cut short is none.
        raise invalid("not an image") from None
    if max(width, height) <= LARGEST_SIDE or depth != 8 or interlaced or colour not in CHANNELS:
        # Ancillary chunks and the packing are lost, as with any new encoding.
        palette = b"".join(_chunk(kind, data) for kind, data in chunks if kind in (b"PLTE", b"tRNS"))
        body = SIGNATURE + _chunk(b"IHDR", header) + palette
        return body + _chunk(b"IDAT", zlib.compress(rows, 1)) + _chunk(b"IEND", b"")
    return _smaller(width, height, colour, rows)


def _chunks(content: bytes):
    place = len(SIGNATURE)
    while place + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, place)
        yield kind, content[place + 8 : place + 8 + size]
        place += 12 + size


def _smaller(width: int, height: int, colour: int, rows: bytes) -> bytes:
    """Each n-th pixel of each n-th row."""
    channels = CHANNELS[colour]
    step = -(-max(width, height) // LARGEST_SIDE)
    stride = width * channels
    above, kept = bytearray(stride), []
    for number in range(height):
        start = number * (stride + 1)
        line = _unfiltered(rows[start], bytearray(rows[start + 1 : start + 1 + stride]), above, channels)
        if number % step == 0:
            kept.append(b"\0" + b"".join(bytes(line[place : place + channels]) for place in range(0, stride, channels * step)))
        above = line
    return _file(struct.pack(">IIBBBBB", -(-width // step), len(kept), 8, colour, 0, 0, 0), b"".join(kept))


def _unfiltered(kind: int, line: bytearray, above: bytearray, channels: int) -> bytearray:
    if kind == 0:
        return line
    for place in range(len(line)):
        left = line[place - channels] if place >= channels else 0
        up, corner = above[place], above[place - channels] if place >= channels else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            guess = min((left, up, corner), key=lambda value, sum=left + up - corner: abs(sum - value))
        line[place] = (line[place] + guess) & 255
    return line


DEFAULT = base64.b64encode(_pixel(b"\xcc\xcc\xcc")).decode()
