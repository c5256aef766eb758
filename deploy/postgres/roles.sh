#!/bin/sh
# Runs once, in an empty PostgreSQL: who owns the tables, and who works under the wall between councils.
set -eu
SECRETS_FOLDER=${SECRETS_FOLDER:-/run/secrets}
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set owner_password="$(cat "$SECRETS_FOLDER/owner_password")" \
    --set app_password="$(cat "$SECRETS_FOLDER/app_password")" <<'SQL'
CREATE ROLE openpatrol_app NOLOGIN;
CREATE ROLE openpatrol_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE openpatrol LOGIN PASSWORD :'app_password' IN ROLE openpatrol_app;
CREATE DATABASE openpatrol OWNER openpatrol_owner;
SQL
