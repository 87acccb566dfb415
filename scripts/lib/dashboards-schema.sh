#!/usr/bin/env bash
# Checks the dashboards' files against Grafana's published types, and reads the Collector's and compose's YAML. usage: dashboards-schema.sh WORK_DIR
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
cp "$root"/scripts/fleet/schema/* "$1/"
cd "$1"
npm install --no-package-lock --no-audit --no-fund --silent
status=0
node check.mjs "$root/dashboards/grafana" || status=1
node stack.mjs "$root/dashboards/collector" || status=1
exit "$status"
