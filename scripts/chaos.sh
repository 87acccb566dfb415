#!/usr/bin/env bash
# Does harm to services with and without the agent and compares what a client sees: one line for each row.
# Ends with 1 on a difference, a loss, a leak, or a row that did not run. Needs a JDK 17+, Maven 3.8+ and Python 3.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/chaos.sh [options] [row...]
  --full      as many cases as the figures of agent/docs/reliability.md are of; default: as few as in the build
  --page      rewrites agent/docs/reliability.md; rows that were not run keep their figures
  --list      names of the rows
  --jdk N     Java version to run on, 17 or 25, say (default: what each row needs)

A row is a test class of agent/dist/src/test/java/dev/coldstart/it/chaos: "collector" is CollectorIT. The full form
takes about half an hour; run it on a machine that does nothing else. As root it does more: a full disk is a small
tmpfs then, and a directory is another user's.
TEXT
}

fail() { echo "chaos.sh: $1" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
tests=$root/agent/dist/src/test/java/dev/coldstart/it/chaos
# Names as class Row makes them: DiskFullIT has the row disk-full.
known=$(basename -s IT.java "$tests"/*IT.java | sed -E 's/([a-z0-9])([A-Z])/\1-\2/g; s/.*/\L&/')

size=short page= jdk= rows=()
while [ $# -gt 0 ]; do
  case $1 in
    --full) size=full; shift ;;
    --page) page=--page; shift ;;
    --list) echo "$known"; exit 0 ;;
    --jdk)
      [ $# -gt 1 ] || fail "--jdk needs a value"
      jdk=$2; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; fail "unknown option $1" ;;
    *)
      grep -qx -e "$1" <<< "$known" || fail "no row $1; rows are" $known
      rows+=("$1"); shift ;;
  esac
done
[[ $jdk =~ ^[0-9]*$ ]] || fail "--jdk must be a version such as 17, not $jdk"
[ ${#rows[@]} -gt 0 ] || mapfile -t rows <<< "$known"

classes=
for row in "${rows[@]}"; do
  class=$(sed -E 's/(^|-)(.)/\u\2/g' <<< "$row")
  classes+=${classes:+,}${class}IT
done
out=$root/out/chaos
mkdir -p "$out"
faketime=
if [ "$size" = full ] && grep -qx clock <<< "$(printf '%s\n' "${rows[@]}")"; then
  # shellcheck source=lib/debian.sh
  . "$root/scripts/lib/debian.sh"
  if package=$(unpacked libfaketime 0.9.10); then
    faketime=$(find "$package" -name libfaketime.so.1 | head -1)
  else
    echo "chaos.sh: no libfaketime, so the wall clock does not jump" >&2
  fi
fi
ledgers=$root/agent/dist/target/chaos
rm -rf "$ledgers"
mvn -q -B -ntp -f "$root/agent/pom.xml" verify -Dspotless.check.skip \
  -Dtest=none -Dit.test="$classes" -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dfailsafe.rerunFailingTestsCount=0 -Dcoldstart.chaos="$size" -Dcoldstart.faketime="$faketime" -Dcoldstart.jdks="$jdk" > "$out/build.log" 2>&1 || true
[ -d "$ledgers" ] || { tail -40 "$out/build.log" >&2; echo "chaos.sh: nothing was run, see $out/build.log" >&2; exit 1; }
exec "$root/scripts/chaos_rows.py" $page --page-file "$root/agent/docs/reliability.md" --ledgers "$ledgers" "${rows[@]}"
