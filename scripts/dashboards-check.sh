#!/usr/bin/env bash
# Asks real servers every query of the dashboards and rules: Prometheus 2.42 with classic histograms, 2.53 with
# native ones, VictoriaMetrics 1.112 with dotted names. They hold what two services sent, in three versions, under
# the agent. Checks the files' form as well. Prints a table; ends with 1 on any failure.
# Needs a JDK 17+, Maven 3.8+, Python 3.9+, node 20+ with npm, and Debian's apt-get and dpkg: the servers are
# unpacked into the user's cache (.cache/coldstart), not installed.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/dashboards-check.sh [options]
  --files        check the files only: generated, rules and their tests, schemas; no servers
  --pictures     draw the panels' answers for dashboards/README.md as well; needs Chromium
  --scale N      scale of the demo's delays (default 1/30)
  --out DIR      logs, results.json, pictures (default out/dashboards-check)
TEXT
}

fail() { echo "dashboards-check.sh: $1" >&2; exit "${2:-1}"; }
root=$(cd "$(dirname "$0")/.." && pwd)
files= pictures= scale=1/30 out=$root/out/dashboards-check
while [ $# -gt 0 ]; do
  case $1 in
    --files) files=yes; shift ;;
    --pictures) pictures=yes; shift ;;
    --scale | --out)
      [ $# -gt 1 ] || fail "$1 needs a value" 2
      declare "${1#--}=$2"; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" 2 ;;
  esac
done
command -v python3 > /dev/null || fail "needs Python 3.9 or later"
command -v npm > /dev/null || fail "needs node 20 or later with npm"
mkdir -p "$out"
out=$(cd "$out" && pwd)

# shellcheck source=lib/debian.sh
. "$root/scripts/lib/debian.sh"
prometheus=$(unpacked prometheus 2.42 bookworm)/usr/bin || fail "Prometheus 2.42 is not to be had"
status=0

echo "== Files"
python3 "$root/dashboards/generate.py" --check || status=1
"$prometheus/promtool" check rules "$root/dashboards/prometheus/coldstart-rules.yml" || status=1
"$prometheus/promtool" test rules "$root/dashboards/prometheus/coldstart-rules-test.yml" || status=1
mkdir -p "$out/config"
cp "$root/dashboards/collector/prometheus.yml" "$root/dashboards/prometheus/coldstart-rules.yml" "$out/config/"
"$prometheus/promtool" check config "$out/config/prometheus.yml" || status=1
"$root/scripts/lib/dashboards-schema.sh" "$out/schema" || status=1
[ -z "$files" ] || exit "$status"

echo "== Servers"
newer=$(unpacked prometheus 2.53 trixie)/usr/bin || fail "Prometheus 2.53 is not to be had"
victoria=$(unpacked victoria-metrics 1.112 trixie)/usr/bin || fail "VictoriaMetrics 1.112 is not to be had"
# shellcheck source=lib/demo-jars.sh
. "$root/scripts/lib/demo-jars.sh"
rm -rf "$out/work"
mkdir -p "$out/work"
python3 "$root/scripts/fleet/dashboards_check.py" --root "$root" --work "$out/work" --scale "$scale" \
  --prometheus "$prometheus/prometheus" --newer-prometheus "$newer/prometheus" \
  --victoria-metrics "$victoria/victoria-metrics" \
  --results "$out/results.json" || status=1
if [ -n "$pictures" ]; then
  "$root/scripts/lib/dashboards-pictures.sh" "$out" || status=1
fi
exit "$status"
