"""An OTLP receiver of our own on 127.0.0.1, for traces: no other is to be had here."""

import gzip
import http.server
import threading

import otlp


class Receiver:
    """In threads of this process, until close()."""

    def __init__(self, port=0):
        self.spans, self.bodies = [], []
        self.lock = threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                if self.path == "/v1/traces":
                    receiver.take(body)
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.address = "127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, body):
        with self.lock:
            self.bodies.append(body)
            self.spans += otlp.spans(body)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
