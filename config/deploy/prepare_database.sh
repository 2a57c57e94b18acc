#!/usr/bin/env bash
# Run once by the PostgreSQL image on an empty volume: the roles, with the passwords of their addresses, and the database.
set -euo pipefail
{
    cat /etc/vigil/prepare.sql
    for name in database_url database_owner_url database_audit_url database_backup_url; do
        # postgres://ROLE:PASSWORD@HOST/NAME
        sed -E "s#^[a-z]+://([^:]+):([^@]+)@.*#ALTER ROLE \1 PASSWORD '\2';#" "/run/secrets/$name"
    done
} | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname template1
