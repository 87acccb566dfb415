"""A real Zipkin server, and OTLP spans in its own format: it takes no OTLP here."""

import json
import urllib.request

from processes import free_port, get, get_json, post

KINDS = {2: "SERVER", 3: "CLIENT", 4: "PRODUCER", 5: "CONSUMER"}


def start(processes, java, jar):
    port = free_port()
    process = processes.start("zipkin", [
        java, "-Xmx256m", "-jar", jar, "--armeria.ports[0].ip=127.0.0.1", f"--armeria.ports[0].port={port}",
        "--armeria.ports[0].protocols[0]=http"])
    url = f"http://127.0.0.1:{port}"
    processes.wait(process, "it was ready", lambda: get(url + "/health"))
    return url


def send(url, spans):
    post(url + "/api/v2/spans", json.dumps([converted(*s) for s in spans]).encode())


def converted(resource, span):
    begin = span["start"] // 1000
    made = {
        "traceId": span["trace"], "id": span["id"], "name": span["name"], "timestamp": begin,
        "duration": max(1, span["end"] // 1000 - begin),
        "localEndpoint": {"serviceName": resource["service.name"]},
        "tags": {k: str(v) for k, v in span["attributes"].items()},
    }
    if span["parent"]:
        made["parentId"] = span["parent"]
    if span["kind"] in KINDS:
        made["kind"] = KINDS[span["kind"]]
    return made


def trace(url, trace_id):
    try:
        return get_json(f"{url}/api/v2/trace/{trace_id}") or []
    except urllib.error.URLError:
        return []
