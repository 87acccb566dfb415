# Redis 8 of Debian 13: it has vector sets, and no search module. Plain on one port, TLS on another.

obtain() {
  certified && servers=$(trixie_servers) || return 1
  version=$(trixie_version "$servers" redis-tools)
}

prepare() {
  trixie_launcher "$servers"
  tls_port=$(free_port) || return 1
  command=("${launcher[@]}" --argv0 redis-server "$servers/usr/bin/redis-check-rdb" --bind 127.0.0.1 --port "$port"
    --dir "$dir/data" --save '' --appendonly no --requirepass "$password"
    --tls-port "$tls_port" --tls-auth-clients no --tls-ca-cert-file "$tls/ca.crt" --tls-cert-file "$tls/server.crt"
    --tls-key-file "$tls/server.key")
}

ready() { grep -qs 'Ready to accept connections tls' "$dir/server.log"; }

facts() { printf '%s\n' "tls-port=$tls_port" "password=$password"; }
