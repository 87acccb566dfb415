#!/usr/bin/env bash
# Installs (pinned, once) and runs a real Chroma server on a free port of 127.0.0.1.
# Prints its URL when it is ready and stays in the foreground until it is stopped.
# Needs node 20+ and npm. On a glibc older than 2.39 it also fetches a newer one from the next
# Debian release with apt, beside the system's own and without touching that.
set -euo pipefail

data=${1:?usage: scripts/real-chroma.sh DATA_DIR}
version=3.5.0 bindings=1.3.4
cache=${COLDSTART_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coldstart}/chroma-$version
fail() { echo "real-chroma.sh: $1" >&2; exit 1; }
command -v node > /dev/null || fail "node is missing: install node 20 or later, or run the demo without --real"
command -v npm > /dev/null || fail "npm is missing: install it, or run the demo without --real"

if [ ! -d "$cache/node_modules/chromadb" ]; then
  mkdir -p "$cache"
  echo "Installing chromadb $version into $cache" >&2
  npm install --prefix "$cache" --no-audit --no-fund --silent \
    "chromadb@$version" "chromadb-js-bindings-linux-x64-gnu@$bindings" >&2 || fail "npm could not install chromadb $version"
fi

# A glibc of its own, for hosts whose own is too old for Chroma's bindings.
newer_glibc() {
  local dir=$cache/glibc
  if [ ! -d "$dir/usr" ]; then
    echo "Fetching a newer glibc into $dir" >&2
    mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
    : > "$dir/apt/status"
    local mirror
    mirror=$( (cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null || true) \
      | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -1 | tr -d ' ')
    [ -n "$mirror" ] || fail "no Debian mirror in the apt configuration to fetch a newer glibc from"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > "$dir/apt/sources.list"
    local options=(-o "Dir::Etc::sourcelist=$dir/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
      -o "Dir::State::lists=$dir/apt/lists" -o "Dir::Cache=$dir/apt/cache" -o "Dir::State::status=$dir/apt/status")
    (cd "$dir/apt" && apt-get "${options[@]}" update && apt-get "${options[@]}" download libc6) >&2 \
      || fail "could not fetch a newer glibc"
    dpkg -x "$dir"/apt/libc6_*.deb "$dir"
    ls "$dir"/apt/libc6_*.deb >&2
  fi
  local lib=$dir/usr/lib/x86_64-linux-gnu
  launcher=("$lib/ld-linux-x86-64.so.2" --library-path "$lib:/usr/lib/x86_64-linux-gnu:/lib/x86_64-linux-gnu")
}

launcher=()
glibc=$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)
if [ "$(printf '%s\n2.39\n' "$glibc" | sort -V | head -1)" != 2.39 ]; then newer_glibc; fi

port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
mkdir -p "$data"
${launcher[@]+"${launcher[@]}"} "$(command -v node)" "$cache/node_modules/chromadb/dist/cli.mjs" \
  run --path "$data" --host 127.0.0.1 --port "$port" >&2 &
pid=$!
# SIGTERM is known to leave it spinning: interrupt, wait a little, then make it.
stop() {
  trap - EXIT INT TERM
  kill -INT "$pid" 2> /dev/null || true
  for _ in $(seq 20); do
    kill -0 "$pid" 2> /dev/null || exit 0
    sleep 0.1
  done
  kill -KILL "$pid" 2> /dev/null || true
}
trap stop EXIT INT TERM

for _ in $(seq 150); do
  kill -0 "$pid" 2> /dev/null || fail "Chroma ended before it was ready"
  if node -e "fetch('http://127.0.0.1:$port/api/v2/heartbeat').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"; then
    echo "http://127.0.0.1:$port"
    wait "$pid"
    exit
  fi
  sleep 0.2
done
fail "Chroma was not ready after 30 s"
