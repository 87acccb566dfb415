#!/usr/bin/env bash
# Plays made-up agents under the packaged agent and compares each request's report with the
# application's own ledger. Prints the errors; ends with 1 when they are too large.
# Needs a JDK 17+ and Maven 3.8+.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/accuracy.sh [options]
  --cases N         scripts to play, each in a JVM of its own (default 200)
  --seed S          the same seed plays the same scripts (default 1)
  --concurrency N   most requests at once (default 50)
  --jdk N           Java version to play them on, 17 or 25, say (default: all that are found, in turn)
  --out DIR         where the tables go (default out/accuracy)

It must show: phases sum to the window exactly in all requests; the error of each phase (exclusive and
total) is at most 1 % or 2 ms, whichever is larger, in at least 99 %; no interval in the wrong request,
none lost. Run it on a machine that does nothing else.
TEXT
}

cases=200 seed=1 concurrency=50 jdk= out=
fail() { echo "accuracy.sh: $1" >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    --cases | --seed | --concurrency | --jdk | --out)
      [ $# -gt 1 ] || fail "$1 needs a value"
      declare "${1#--}=$2"; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" ;;
  esac
done
for name in cases seed concurrency; do
  [[ ${!name} =~ ^[0-9]{1,9}$ ]] || fail "--$name must be a whole number, not ${!name}"
done
[ "$cases" -gt 0 ] && [ "$concurrency" -gt 0 ] || fail "--cases and --concurrency start at 1"
[[ $jdk =~ ^[0-9]*$ ]] || fail "--jdk must be a version such as 17, not $jdk"

root=$(cd "$(dirname "$0")/.." && pwd)
out=${out:-$root/out/accuracy}
mkdir -p "$out" || fail "cannot write to --out $out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.txt

status=0
mvn -q -B -ntp -f "$root/agent/pom.xml" verify -Dspotless.check.skip \
  -Dtest=none -Dit.test=AccuracyIT \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dcoldstart.accuracy.cases="$cases" -Dcoldstart.accuracy.seed="$seed" \
  -Dcoldstart.accuracy.concurrency="$concurrency" -Dcoldstart.accuracy.out="$out" \
  -Dcoldstart.jdks="$jdk" > "$out/build.log" 2>&1 || status=1
if ! cat "$out"/*.txt 2> /dev/null; then
  tail -40 "$out/build.log" >&2
  fail "nothing was played, see $out/build.log"
fi
exit $status
