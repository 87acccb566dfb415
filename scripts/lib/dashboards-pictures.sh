#!/usr/bin/env bash
# Draws the panels' answers of a check into dashboards/pictures. usage: dashboards-pictures.sh OUT_OF_THE_CHECK
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || { echo "needs Chromium" >&2; exit 1; }
mkdir -p "$root/dashboards/pictures" "$1/pictures"
for name in overview first-request compare-versions; do
  size=$(node "$root/scripts/fleet/pictures/draw.mjs" "$1/results.json" "$root/dashboards/grafana/classic/$name.json" \
    "Prometheus classic" "$1/pictures/$name.html")
  "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$1/pictures/chromium" --hide-scrollbars \
    --window-size="$size" --screenshot="$root/dashboards/pictures/$name.png" "file://$1/pictures/$name.html" 2> /dev/null
  echo "dashboards/pictures/$name.png"
done
