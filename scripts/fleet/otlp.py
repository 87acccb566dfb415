"""Reads OTLP traces as the agent sends them: http/protobuf."""

from protobuf import double, fixed64s, one, read, text

def spans(body):
    """(resource attributes, span) of each span, ids as hex, times in ns since the epoch."""
    for resource_spans in map(read, read(body).get(1, [])):
        resource = attributes(read(one(resource_spans, 1, b"")), 1)
        for scope in map(read, resource_spans.get(2, [])):
            for span in map(read, scope.get(2, [])):
                yield resource, {
                    "trace": one(span, 1).hex(), "id": one(span, 2).hex(), "parent": one(span, 4, b"").hex(),
                    "name": text(span, 5), "kind": one(span, 6, 0), "attributes": attributes(span, 9),
                    "start": fixed64s(span[7])[0], "end": fixed64s(span[8])[0],
                }


def attributes(fields, number):
    pairs = {}
    for pair in map(read, fields.get(number, [])):
        any_value = read(one(pair, 2, b""))
        if 1 in any_value:
            found = text(any_value, 1)
        elif 2 in any_value:
            found = bool(one(any_value, 2))
        elif 3 in any_value:
            found = one(any_value, 3)
            found -= 1 << 64 if found >> 63 else 0
        else:
            found = double(any_value, 4)
        pairs[text(pair, 1)] = found
    return pairs
