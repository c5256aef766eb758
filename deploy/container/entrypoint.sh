#!/bin/sh
# Secrets come as files named as their settings; settings that are in the environment already win.
set -eu
for file in "${SECRETS_FOLDER:-/run/secrets}"/*; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    eval "given=\${$name:-}"
    [ -z "$given" ] || continue
    value=$(cat "$file") # by itself, so that one which can't be read ends us here
    export "$name=$value"
done
exec "$@"
