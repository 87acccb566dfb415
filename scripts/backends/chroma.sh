# Chroma, from npm. Its bindings need a glibc of 2.39 or later.

obtain() {
  installed=$(npm_pinned chroma "$root/scripts/backends/chroma") || return 1
  version=$(npm_version "$installed" chromadb)
  launcher=()
  local glibc servers
  glibc=$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)
  if [ "$(printf '%s\n2.39\n' "$glibc" | sort -V | head -1)" != 2.39 ]; then
    servers=$(trixie_servers) || return 1
    trixie_launcher "$servers"
  fi
}

# SIGTERM may leave it spinning.
prepare() {
  command=(${launcher[@]+"${launcher[@]}"} "$(command -v node)" "$installed/node_modules/chromadb/dist/cli.mjs" run
    --path "$dir/data" --host 127.0.0.1 --port "$port")
}

ready() { grep -qs 'listening on address' "$dir/server.log" && connects "$port"; }
