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

    def exemplars(self, selector, start, end):
        """Label sets of the exemplars of matching series."""
        answer = get_json(self.url + "/api/v1/query_exemplars", {"query": selector, "start": start, "end": end}) or {}
        return [e["labels"] for series in answer.get("data", []) for e in series["exemplars"]]

    def _result(self, path, parameters):
        answer = get_json(self.url + path, parameters)
        if answer is None:
            return [], "no answer"
        if answer["status"] != "success":
            return [], answer["error"]
        return answer["data"]["result"], None


class Prometheus(Server):
    """Scrapes its targets every second."""

    def __init__(self, title, url, targets_file):
        super().__init__(title, url, "")
        self.targets_file, self.targets = targets_file, []

    def scrape(self, *addresses):
        """From now on these too, host:port."""
        self.targets += addresses
        with open(self.targets_file, "w", encoding="utf-8") as out:
            json.dump([{"targets": self.targets, "labels": {"cluster": "demo"}}], out)


def prometheus(processes, binary, work, title, rules=None, native=False):
    port, folder = free_port(), f"{work}/{title.replace(' ', '-')}"
    os.makedirs(folder, exist_ok=True)
    server = Prometheus(title, f"http://127.0.0.1:{port}", f"{folder}/targets.json")
    server.scrape()
    config = f"{folder}/prometheus.yml"
    with open(config, "w", encoding="utf-8") as out:
        json.dump({
            "global": {"scrape_interval": "1s", "evaluation_interval": "5s"},
            "rule_files": [rules] if rules else [],
            "scrape_configs": [{
                "job_name": "coldstart", "honor_labels": True,
                "file_sd_configs": [{"files": [server.targets_file], "refresh_interval": "1s"}],
            }],
        }, out)
    command = [binary, f"--config.file={config}", f"--storage.tsdb.path={folder}/data",
               f"--web.listen-address=127.0.0.1:{port}"]
    command.append("--enable-feature=exemplar-storage" + (",native-histograms" if native else ""))
    process = processes.start(title.replace(" ", "-"), command)
    processes.wait(process, "it was ready", lambda: get(server.url + "/-/ready"))
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
