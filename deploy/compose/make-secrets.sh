#!/bin/sh
# What the servers of compose.yaml need and nobody has to know, each only where it is not there yet. Runs as root, so that
# each file can belong to the user that reads it.
set -eu

sh /certificates.sh /tls roster1 roster2 localhost
chown 65532:65532 /tls/server.key

if [ ! -e /keyfile/mongodb ]; then
  openssl rand -base64 756 > /keyfile/mongodb.new
  chmod 400 /keyfile/mongodb.new
  chown 999:999 /keyfile/mongodb.new
  mv /keyfile/mongodb.new /keyfile/mongodb
fi

if [ ! -e /tls/secret.key ]; then
  openssl rand -base64 32 > /tls/secret.key.new
  chmod 400 /tls/secret.key.new
  chown 65532:65532 /tls/secret.key.new
  mv /tls/secret.key.new /tls/secret.key
fi
