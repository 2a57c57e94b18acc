#!/usr/bin/env bash
# Makes the secrets that docker-compose.yml mounts, once; an existing file is never overwritten.
set -euo pipefail
folder=${1:-secrets}
mkdir -p "$folder"
chmod 700 "$folder" # the files are readable, because the container's user differs; the folder keeps others out

random() { head -c 36 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n'; }
keep() { test -e "$folder/$1" || { printf '%s\n' "$2" > "$folder/$1" && chmod 444 "$folder/$1"; }; }

keep postgres_password "$(random)"
keep database_url "postgres://vigil_app:$(random)@database:5432/vigil"
keep database_owner_url "postgres://vigil_owner:$(random)@database:5432/vigil"
keep database_audit_url "postgres://vigil_audit:$(random)@database:5432/vigil"
keep database_backup_url "postgres://vigil_backup:$(random)@database:5432/vigil"
keep redis_url "redis://:$(random)@broker:6379/0"
keep metrics_token "$(random)"
keep secret_key "$(random)$(random)"
