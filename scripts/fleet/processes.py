"""Processes that a check starts, and ends by their ids whatever happens."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request


class Failure(Exception):
    """Told to the user in one line."""


class Processes:
    """A context: all that was started in it is asked to end, then made to, last one first."""

    def __init__(self, logs):
        self.logs = logs
        self.running = []
        os.makedirs(logs, exist_ok=True)

    def __enter__(self):
        # So that the context is left when the script is told to end.
        signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            self.stop(process)

    def start(self, name, command, env=None):
        """Its standard output goes to NAME.out, standard error to NAME.err."""
        out = os.path.join(self.logs, name)
        with open(out + ".out", "wb") as stdout, open(out + ".err", "wb") as stderr:
            process = subprocess.Popen(
                command, stdout=stdout, stderr=stderr, stdin=subprocess.DEVNULL,
                env={**os.environ, **(env or {})}, start_new_session=True,
            )
        process.name = name
        self.running.append(process)
        return process

    def stop(self, process, how=signal.SIGTERM, seconds=10):
        if process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def output(self, process, ending=".out"):
        with open(os.path.join(self.logs, process.name + ending), encoding="utf-8", errors="replace") as file:
            return file.read()

    def wait(self, process, what, found, seconds=120):
        """Waits until found() returns something, and returns it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if result := found():
                return result
            if process is not None and process.poll() is not None:
                raise Failure(f"{process.name} ended before {what}:\n{self.output(process, '.err')[-2000:]}")
            time.sleep(0.1)
        raise Failure(f"waited {seconds} s in vain until {what}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def get(url, query=None, timeout=30):
    """Text of a page; None when there is nobody, it refuses, or it is not ready."""
    if query:
        url += "?" + urllib.parse.urlencode(query)
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as e:
        # Prometheus says in the body what is wrong with a query.
        body = e.read().decode(errors="replace")
        return body if body.startswith("{") else None
    except OSError:
        return None


def get_json(url, query=None):
    text = get(url, query)
    return json.loads(text) if text else None


def post(url, body, content_type="application/json", encoding=None):
    headers = {"Content-Type": content_type}
    if encoding:
        headers["Content-Encoding"] = encoding
    request = urllib.request.Request(url, data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status
