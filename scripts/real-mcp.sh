#!/usr/bin/env bash
# Installs (pinned by its lock file, once) and runs the MCP reference server over stdin and stdout.
# Not over HTTP: in that mode it listens on all interfaces. Needs node 20+ and npm.
set -euo pipefail

usage() { echo "usage: scripts/real-mcp.sh [--install-only]" >&2; exit 2; }
fail() { echo "real-mcp.sh: $1" >&2; exit 1; }
only=
case ${1:-} in
  '') ;;
  --install-only) only=yes ;;
  *) usage ;;
esac
command -v node > /dev/null || fail "node is missing: install node 20 or later"
command -v npm > /dev/null || fail "npm is missing: install it"

pinned=$(cd "$(dirname "$0")/real-mcp" && pwd)
lock=$(sha256sum "$pinned/package-lock.json" | cut -c1-12)
cache=${COLDSTART_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coldstart}/mcp-everything-$lock
if [ ! -d "$cache" ]; then
  echo "Installing the MCP reference server into $cache" >&2
  mkdir -p "$(dirname "$cache")"
  new=$(mktemp -d "$cache.XXXXXX")
  cp "$pinned"/package*.json "$new"
  npm ci --prefix "$new" --ignore-scripts --no-audit --no-fund --silent >&2 \
    || { rm -rf "$new"; fail "npm could not install the MCP reference server"; }
  # In one step: another run may do the same.
  mv -T "$new" "$cache" 2> /dev/null || rm -rf "$new"
fi
[ -n "$only" ] || exec node "$cache/node_modules/@modelcontextprotocol/server-everything/dist/index.js" stdio
