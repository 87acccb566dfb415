# Sourced, with $tls set: certificates for servers on localhost and 127.0.0.1, of a CA of their own, for some days.

# Makes ca.crt, server.crt and server.key in $tls, and expired.crt of the same key, unless they are good for a day more.
certificates() {
  ! openssl x509 -checkend 86400 -noout -in "$tls/server.crt" > /dev/null 2>&1 || return 0
  command -v openssl > /dev/null || return 1
  rm -rf "$tls"
  mkdir -p "$tls"
  (
    cd "$tls"
    exec 2> log
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Coldstart test CA" -keyout ca.key -out ca.crt \
      && openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout server.key -out server.csr \
      && echo "subjectAltName=DNS:localhost,IP:127.0.0.1" > names \
      && signed server.crt -days 30 || return 1
    # Before OpenSSL 3.4 there is no other way than one that newer ones refuse.
    signed expired.crt -not_before 20200101000000Z -not_after 20200201000000Z || signed expired.crt -days -1
  )
}

signed() {
  openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile names -out "$@"
}

# Of a server that needs them.
certified() { [ -f "$tls/expired.crt" ] || { echo "no certificates: openssl is missing, or see $tls/log" >&2; return 1; }; }
