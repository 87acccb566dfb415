# Sourced: servers of Debian 13, which run on older systems too, beside a libc and libraries of their own.

# Prints the folder with all of them, fetched at once.
trixie_servers() {
  # shellcheck source=scripts/lib/debian.sh
  . "$root/scripts/lib/debian.sh"
  unpacked_together servers trixie libc6 libgcc-s1 libstdc++6 libatomic1 libcap2 libcrypt1 libjemalloc2 liblzf1 \
    libaio1t64 libnuma1 libpcre2-8-0 libssl3t64 libsystemd0 liburing2 libzstd1 zlib1g \
    redis-tools=8. mariadb-server-core=11.8. postgresql-17-pgvector=0.8.
}

# What starts a program with the libraries in that folder, and others: sets launcher.
trixie_launcher() {
  local lib=$1/usr/lib/x86_64-linux-gnu
  launcher=("$lib/ld-linux-x86-64.so.2" --library-path "${2:+$2:}$lib")
}

trixie_version() { sed -n "s/^$2 //p" "$1/VERSIONS"; }

# Some servers refuse to be root, and builds often are: nobody then, who may enter root's folders. Sets unprivileged,
# and gives the files to nobody.
step_down() {
  unprivileged=()
  [ "$(id -u)" = 0 ] || return 0
  chown -R 65534:65534 "$@"
  unprivileged=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override)
}
