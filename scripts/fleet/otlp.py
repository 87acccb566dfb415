"""Reads OTLP metrics and traces as the agent sends them: http/protobuf."""

from protobuf import double, fixed64s, one, read, text, unzigzag, varints

KINDS = {"gauge": 5, "sum": 7, "histogram": 9, "exponential": 10}


def metrics(body):
    """(resource attributes, metric name, kind, unit, attributes, point) of each data point."""
    for resource_metrics in map(read, read(body).get(1, [])):
        resource = attributes(read(one(resource_metrics, 1, b"")), 1)
        for scope in map(read, resource_metrics.get(2, [])):
            for metric in map(read, scope.get(2, [])):
                for kind, number in KINDS.items():
                    for data in map(read, metric.get(number, [])):
                        for point in map(read, data.get(1, [])):
                            labels = attributes(point, {"exponential": 1, "histogram": 9}.get(kind, 7))
                            yield resource, text(metric, 1), kind, text(metric, 3), labels, value(kind, point)


def value(kind, point):
    if kind == "exponential":
        positive = read(one(point, 8, b""))
        return {
            "count": fixed64s(point[4])[0], "sum": double(point, 5), "scale": unzigzag(one(point, 6, 0)),
            "zero_count": fixed64s(point.get(7, [bytes(8)]))[0],
            "offset": unzigzag(one(positive, 1, 0)), "counts": varints(positive.get(2, [])),
        }
    if kind == "histogram":
        return {
            "count": fixed64s(point[4])[0], "sum": double(point, 5),
            "counts": fixed64s(point.get(6, [])), "bounds": fixed64s(point.get(7, []), "<d"),
        }
    return double(point, 4) if 4 in point else fixed64s(point[6], "<q")[0]


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
