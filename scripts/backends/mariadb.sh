# MariaDB 11.8 of Debian 13: it has vectors. TLS and plain on one port.

obtain() {
  certified && servers=$(trixie_servers) || return 1
  version=$(trixie_version "$servers" mariadb-server-core)
}

prepare() {
  local share=$servers/usr/share/mariadb data=$dir/data/cluster all
  # It takes no notice of SIGINT.
  signal=TERM
  trixie_launcher "$servers"
  mkdir "$data"
  cp "$tls/server.crt" "$tls/server.key" "$dir/data/"
  step_down "$dir/data"
  all=(${unprivileged[@]+"${unprivileged[@]}"} "${launcher[@]}" "$servers/usr/sbin/mariadbd" --no-defaults
    "--datadir=$data" "--lc-messages-dir=$share" "--character-sets-dir=$share/charsets" "--plugin-dir=$data"
    --skip-log-bin --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=32M)
  {
    printf '%s\n' 'CREATE DATABASE mysql;' 'USE mysql;' 'SET @auth_root_socket=NULL;'
    cat "$share/mariadb_system_tables.sql" "$share/mariadb_performance_tables.sql" "$share/mariadb_system_tables_data.sql"
    printf '%s\n' 'DELETE FROM global_priv;' 'FLUSH PRIVILEGES;' "CREATE DATABASE $user;" \
      "CREATE USER $user@'127.0.0.1' IDENTIFIED BY '$password';" "GRANT ALL ON *.* TO $user@'127.0.0.1' WITH GRANT OPTION;"
  } | "${all[@]}" --bootstrap --skip-networking || return 1
  command=("${all[@]}" --bind-address=127.0.0.1 "--port=$port" "--socket=" --skip-name-resolve
    "--ssl-cert=$dir/data/server.crt" "--ssl-key=$dir/data/server.key")
}

ready() { grep -qs 'ready for connections' "$dir/server.log" && connects "$port"; }

facts() { printf '%s\n' "user=$user" "password=$password" "database=$user"; }
