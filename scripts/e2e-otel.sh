#!/usr/bin/env bash
# What the agent exports against what it reports: quantiles and sums of cold starts read back from a real Prometheus
# and a real VictoriaMetrics, a cold trace in a real Zipkin, a service that is killed and exported later.
# Prints all figures; ends with 1 when one is wrong.
# Needs a JDK 17+, Maven 3.8+, Python 3.9+, Debian's apt-get and dpkg. The servers are unpacked into the user's cache.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/e2e-otel.sh [options]
  --starts N     cold starts of the service of each kind of histogram (default 5)
  --scale N      scale of the demo's delays (default 1/60)
  --out DIR      logs, reports, zipkin.png where there is a Chromium (default out/e2e-otel)
TEXT
}

fail() { echo "e2e-otel.sh: $1" >&2; exit "${2:-1}"; }
root=$(cd "$(dirname "$0")/.." && pwd)
starts=5 scale=1/60 out=$root/out/e2e-otel
while [ $# -gt 0 ]; do
  case $1 in
    --starts | --scale | --out)
      [ $# -gt 1 ] || fail "$1 needs a value" 2
      declare "${1#--}=$2"; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" 2 ;;
  esac
done
[[ $starts =~ ^[1-9][0-9]?$ ]] || fail "--starts must be from 1 to 99, not $starts" 2
command -v python3 > /dev/null || fail "needs Python 3.9 or later"

# shellcheck source=lib/debian.sh
. "$root/scripts/lib/debian.sh"
prometheus=$(unpacked prometheus 2.42 bookworm) || fail "Prometheus 2.42 is not to be had"
newer=$(unpacked prometheus 2.53 trixie) || fail "Prometheus 2.53 is not to be had"
victoria=$(unpacked victoria-metrics 1.112 trixie) || fail "VictoriaMetrics 1.112 is not to be had"
# shellcheck source=lib/demo-jars.sh
. "$root/scripts/lib/demo-jars.sh"

# shellcheck source=lib/maven.sh
. "$root/scripts/lib/maven.sh"
jar() { maven_jar "$1" || fail "$1 is not to be had"; }
zipkin=$(jar io.zipkin:zipkin-server:3.6.1:jar:exec)
proto=$(jar io.opentelemetry.proto:opentelemetry-proto:1.10.0-alpha):$(jar com.google.protobuf:protobuf-java:4.34.0)

rm -rf "$out"
mkdir -p "$out/work"
out=$(cd "$out" && pwd)
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || echo "No Chromium here: Zipkin's page is not looked at"
exec python3 "$root/scripts/fleet/e2e_otel.py" --root "$root" --work "$out/work" --starts "$starts" --scale "$scale" \
  --prometheus "$prometheus/usr/bin/prometheus" --newer-prometheus "$newer/usr/bin/prometheus" \
  --victoria-metrics "$victoria/usr/bin/victoria-metrics" \
  --zipkin "$zipkin" --proto "$proto" --screenshot "$out/zipkin.png" ${chromium:+--chromium "$chromium"}
