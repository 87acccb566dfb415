"""As much of protobuf as OTLP and Prometheus' exposition need: fields by number, no schema."""

import struct


def read(data):
    """Field number -> list of values: int for varints, bytes for the rest (fixed ones unread)."""
    fields, at = {}, 0
    while at < len(data):
        key, at = varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            if kind == 2:
                size, at = varint(data, at)
            else:
                size = {1: 8, 5: 4}[kind]
            value, at = data[at:at + size], at + size
        fields.setdefault(number, []).append(value)
    return fields


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def varints(values):
    """A repeated integer field, packed or not."""
    found = []
    for value in values:
        if isinstance(value, int):
            found.append(value)
            continue
        at = 0
        while at < len(value):
            number, at = varint(value, at)
            found.append(number)
    return found


def fixed64s(values, form="<Q"):
    return [struct.unpack(form, v[i:i + 8])[0] for v in values for i in range(0, len(v), 8)]


def one(fields, number, default=None):
    return fields.get(number, [default])[-1]


def text(fields, number):
    return one(fields, number, b"").decode()


def double(fields, number):
    return struct.unpack("<d", one(fields, number, bytes(8)))[0]


def unzigzag(value):
    return (value >> 1) ^ -(value & 1)


# Writing: each returns bytes of one field.


def as_varint(value):
    out = bytearray()
    value &= 0xFFFFFFFFFFFFFFFF
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def integer(number, value):
    return as_varint(number << 3) + as_varint(value)


def signed(number, value):
    return integer(number, value << 1 ^ value >> 63)


def blob(number, value):
    value = value.encode() if isinstance(value, str) else value
    return as_varint(number << 3 | 2) + as_varint(len(value)) + value


def real(number, value):
    return as_varint(number << 3 | 1) + struct.pack("<d", value)
