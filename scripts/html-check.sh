#!/usr/bin/env bash
# Opens report pages in headless Chromium: a real one, one with 5,000 spans, a comparison and a hostile one.
# Needs a JDK 17+, node 20+ and npm; Chromium is installed by apt-get when it is missing and that is allowed.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/html-check.sh [options]
  --report RUN.json   the real report (default: the newest of out/demo, else a short demo run makes one)
  --out DIR           pages, screenshots, PDFs and result.txt (default out/html-check)
  --if-chromium       do nothing, successfully, where there is no Chromium or no node
TEXT
}

fail() { echo "html-check.sh: $1" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
report= out=$root/out/html-check optional=
while [ $# -gt 0 ]; do
  case $1 in
    --report | --out)
      [ $# -gt 1 ] || fail "$1 needs a value"
      declare "${1#--}=$2"; shift 2 ;;
    --if-chromium) optional=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" ;;
  esac
done

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }
if [ -n "$optional" ] && { [ -z "$(browser)" ] || ! command -v npm >/dev/null; }; then
  echo "html-check.sh: no Chromium or no npm here, nothing checked"
  exit 0
fi
command -v npm >/dev/null || fail "needs node 20 or later with npm"
if [ -z "$(browser)" ]; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "needs Chromium: apt-get install chromium"
  echo "html-check.sh: installing Debian's chromium"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi

jar=$root/agent/dist/target/coldstart-agent.jar
[ -f "$jar" ] || mvn -q -f "$root/pom.xml" -DskipTests -pl agent/dist -am package
newest() { ls -t "$root"/out/demo/*/*-*.json 2>/dev/null | head -1; }
[ -n "$report" ] || report=$(newest)
if [ -z "$report" ]; then
  "$root/scripts/demo.sh" --framework langchain4j >&2
  report=$(newest)
fi

mkdir -p "$out/work"
out=$(cd "$out" && pwd)
cp "$root"/scripts/html-check/* "$out/work/"
(cd "$out/work" && npm install --no-package-lock --no-audit --no-fund --silent)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
page() { "$java" -jar "$jar" report --quiet "${@:2}" -o "$out/$1.html"; }
node "$out/work/reports.mjs" "$report" "$out"
page demo "$report"
page many "$out/many.json"
page compare "$report" "$out/many.json"
page hostile "$out/hostile.json"
cd "$out/work"
exec node check.mjs "$(browser)" "$out" demo="$out/demo.html" many="$out/many.html" \
  compare="$out/compare.html" hostile="$out/hostile.html"
