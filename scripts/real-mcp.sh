#!/usr/bin/env bash
# Installs (pinned by its lock file, once) and runs the MCP reference server over stdin and stdout.
# Not over HTTP: in that mode it listens on all interfaces. Needs node 20+ and npm.
set -euo pipefail

usage() { echo "usage: scripts/real-mcp.sh [--install-only]" >&2; exit 2; }
only=
case ${1:-} in
  '') ;;
  --install-only) only=yes ;;
  *) usage ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/lib/npm.sh
. "$here/lib/npm.sh"
installed=$(npm_pinned mcp-everything "$here/real-mcp") || { echo "real-mcp.sh: not started" >&2; exit 1; }
[ -n "$only" ] || exec node "$installed/node_modules/@modelcontextprotocol/server-everything/dist/index.js" stdio
