#!/bin/sh
# with-cluster.sh COMMAND...: runs a command beside a PostgreSQL cluster of its own, which ends with it.
#
# The cluster is in a temporary folder and listens on a socket there. The command finds it as LMS_TEST_POSTGRES.
# PostgreSQL refuses to run as root, so root hands it to the user postgres, whom Debian's package makes.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not here: apt install postgresql" >&2; exit 1; }
folder=$(mktemp -d)
as=""
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as="runuser -u postgres --"
fi
chmod 711 "$folder"

stop() {
    $as "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd "$folder"
$as "$bin/initdb" -D "$folder/data" -U lms --auth=trust --locale=C --encoding=UTF8 --no-sync >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2; exit 1; }
# Nothing here outlives the command, so nothing needs the disk.
$as sh -c "cat >> '$folder/data/postgresql.conf'" <<CONF
listen_addresses = ''
unix_socket_directories = '$folder'
fsync = ${LMS_TEST_POSTGRES_FSYNC:-off}
full_page_writes = ${LMS_TEST_POSTGRES_FSYNC:-off}
max_connections = 400
CONF
$as "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w -s start
export LMS_TEST_POSTGRES="postgresql:///postgres?host=$folder&user=lms"
cd - >/dev/null
"$@"
