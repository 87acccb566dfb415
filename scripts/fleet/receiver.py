"""An OTLP receiver of our own on 127.0.0.1: no other takes traces here. Keeps spans and the newest metrics,
shows the metrics at /metrics to a Prometheus, and hands metrics on as they came."""

import gzip
import http.server
import threading

import exposition
import otlp
from processes import post


class Receiver:
    """In threads of this process, until close()."""

    def __init__(self, port=0, forward_metrics=None):
        self.spans, self.points, self.trace_bodies = [], {}, []
        self.exposition = exposition.Exposition()
        self.forward_metrics = forward_metrics
        self.lock = threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                receiver.take(self.path, body)
                self.answer(b"", "application/x-protobuf")

            def do_GET(self):
                native = "protobuf" in self.headers.get("Accept", "")
                with receiver.lock:
                    page = receiver.exposition.protobuf() if native else receiver.exposition.text()
                self.answer(page, exposition.PROTOBUF if native else exposition.TEXT)

            def answer(self, page, content_type):
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.address = "127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, path, body):
        with self.lock:
            if path == "/v1/traces":
                self.trace_bodies.append(body)
                self.spans += otlp.spans(body)
                return
            for resource, name, kind, unit, labels, value in otlp.metrics(body):
                self.exposition.add(resource, name, kind, unit, labels, value)
                key = (resource.get("service.instance.id"), name, tuple(sorted(labels.items())))
                self.points[key] = (resource, name, kind, labels, value)
        if self.forward_metrics:
            post(self.forward_metrics, body, "application/x-protobuf")

    def close(self):
        self.server.shutdown()
        self.server.server_close()
