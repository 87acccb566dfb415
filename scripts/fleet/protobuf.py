"""As much of protobuf as reading OTLP needs: fields by number, no schema."""

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


def fixed64s(values, form="<Q"):
    return [struct.unpack(form, v[i:i + 8])[0] for v in values for i in range(0, len(v), 8)]


def one(fields, number, default=None):
    return fields.get(number, [default])[-1]


def text(fields, number):
    return one(fields, number, b"").decode()


def double(fields, number):
    return struct.unpack("<d", one(fields, number, bytes(8)))[0]
