#!/bin/sh
# Makes an authority and, signed by it, a certificate for a server with the given names, valid for a year. Keeps what is there
# already, but for a certificate that has less than 30 days left.
# For trying things out: where others are to trust a server, its certificate comes from their authority.
#
#   certificates.sh FOLDER NAME...
set -eu

folder=$1
shift
mkdir -p "$folder"
cd "$folder"
umask 077

if [ ! -e ca.key ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=Roster example authority" \
    -keyout ca.key.new -out ca.pem
  mv ca.key.new ca.key
fi
if ! openssl x509 -in server.pem -checkend 2592000 -noout > /dev/null 2>&1; then
  names=$(printf ',DNS:%s' "$@")
  printf 'subjectAltName=%s,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' "${names#,}" > server.ext
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout server.key -out server.csr
  openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 365 -extfile server.ext -out server.pem.new
  mv server.pem.new server.pem
  rm server.csr server.ext
fi
chmod a+r ca.pem server.pem
