#!/bin/bash
# Runs once, when the server's data folder is new: a role and a database for each service, which nobody else may enter.
set -euo pipefail

for service in enrollment coursework certification; do
    name="${service^^}_PASSWORD"
    psql --no-psqlrc --set=ON_ERROR_STOP=1 --username postgres \
        --set=name="memo_$service" --set=password="${!name:?$name is missing in env/postgres.env}" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
