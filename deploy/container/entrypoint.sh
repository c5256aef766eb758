#!/bin/sh
# Secrets come as files named as their settings; settings that are in the environment already win.
set -eu
for file in "${SECRETS_FOLDER:-/run/secrets}"/*; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    eval "given=\${$name:-}"
    [ -n "$given" ] || export "$name=$(cat "$file")"
done
exec "$@"
