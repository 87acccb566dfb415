"""Prometheus and VictoriaMetrics on 127.0.0.1, from the Debian packages that scripts/lib/debian.sh unpacked."""

import json
import os

from processes import free_port, get, get_json


class Server:
    """Something that answers PromQL over HTTP."""

    def __init__(self, title, url, flavour):
        self.title, self.url, self.flavour = title, url, flavour

    def query(self, expr, time):
        """(series, error): an instant query. time in s since the epoch."""
        return self._result("/api/v1/query", {"query": expr, "time": time})

    def query_range(self, expr, start, end, step):
        return self._result("/api/v1/query_range", {"query": expr, "start": start, "end": end, "step": step})

    def _result(self, path, parameters):
        answer = get_json(self.url + path, parameters)
        if answer is None:
            return [], "no answer"
        if answer["status"] != "success":
            return [], answer["error"]
        return answer["data"]["result"], None


def prometheus(processes, binary, work, title, targets, rules=None, native=False):
    """targets: host:port, all of one job; scraped every second."""
    port, folder = free_port(), f"{work}/{title.replace(' ', '-')}"
    os.makedirs(folder, exist_ok=True)
    file = f"{folder}/targets.json"
    with open(file, "w", encoding="utf-8") as out:
        json.dump([{"targets": targets, "labels": {}}], out)
    config = f"{folder}/prometheus.yml"
    with open(config, "w", encoding="utf-8") as out:
        json.dump({
            "global": {"scrape_interval": "1s", "evaluation_interval": "5s"},
            "rule_files": [rules] if rules else [],
            "scrape_configs": [{
                "job_name": "coldstart", "honor_labels": True,
                "file_sd_configs": [{"files": [file], "refresh_interval": "1s"}],
            }],
        }, out)
    command = [binary, f"--config.file={config}", f"--storage.tsdb.path={folder}/data",
               f"--web.listen-address=127.0.0.1:{port}"]
    if native:
        command.append("--enable-feature=native-histograms")
    process = processes.start(title.replace(" ", "-"), command)
    server = Server(title, f"http://127.0.0.1:{port}", "")
    processes.wait(process, "it was ready", lambda: get(server.url + "/-/ready"))
    server.targets_file = file
    return server


def victoria_metrics(processes, binary, work):
    port = free_port()
    process = processes.start("victoria-metrics", [
        binary, f"-storageDataPath={work}/victoria-metrics-data", f"-httpListenAddr=127.0.0.1:{port}",
        "-search.latencyOffset=0s"])
    server = Server("VictoriaMetrics", f"http://127.0.0.1:{port}", "victoriametrics")
    server.otlp = server.url + "/opentelemetry/v1/metrics"
    processes.wait(process, "it was ready", lambda: get(server.url + "/health"))
    return server
