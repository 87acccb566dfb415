# The MCP reference servers, from npm. Clients start them, over stdin and stdout; over HTTP they listen on all interfaces.

obtain() {
  installed=$(npm_pinned mcp "$root/scripts/backends/mcp") || return 1
  version=$(npm_version "$installed" @modelcontextprotocol/server-everything)
}

prepare() { command=(); }

facts() {
  local server
  for server in everything filesystem memory; do
    echo "$server=$installed/node_modules/@modelcontextprotocol/server-$server/dist/index.js"
  done
}
