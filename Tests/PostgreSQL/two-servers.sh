#!/usr/bin/env bash
# two-servers.sh FOLDER [SECONDS]: two `lms serve` of FOLDER on one PostgreSQL, behind nginx, under a mixed load.
# Half-way one server is killed; then, in a second load, the database is restarted. Says what was lost, and counts
# what failed. Run it by: LMS_TEST_POSTGRES_FSYNC=on Tests/PostgreSQL/with-cluster.sh Tests/PostgreSQL/two-servers.sh FOLDER
set -euo pipefail

lms="$(cd "$1" && pwd)/lms"
seconds=${2:-60}
here=$(cd "$(dirname "$0")" && pwd)
socket=${LMS_TEST_POSTGRES#*host=}
socket=${socket%%&*}
work=$(mktemp -d)
servers=()
nginx=
cleanup() {
    kill "${servers[@]}" $nginx 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
export HOME="$work" LMS_DB="postgres:///postgres?host=$socket&user=lms"

"$lms" db migrate -q
for account in "ani teacher" "siti student"; do
    # shellcheck disable=SC2086
    set -- $account
    echo 'tiga kuda hitam' | "$lms" register "$1" --role "$2" --password-stdin -q
done

serve() {
    "$lms" serve --port 0 --log-level warning 2>"$work/server$1" &
    servers+=($!)
    for _ in $(seq 100); do
        grep -q 'serving' "$work/server$1" && break
        sleep 0.05
    done
    sed -n 's|.* at http://||p' "$work/server$1"
}
serve 1 >"$work/first"
serve 2 >"$work/second"
first=$(cat "$work/first") second=$(cat "$work/second")
port=$((20000 + RANDOM % 20000))
cat >"$work/nginx.conf" <<CONF
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 512; }
http {
    access_log off;
    client_body_temp_path $work/body; proxy_temp_path $work/proxy;
    fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
    upstream lms {
        server $first max_fails=1 fail_timeout=2s;
        server $second max_fails=1 fail_timeout=2s;
        keepalive 32;
    }
    server {
        listen 127.0.0.1:$port;
        location / {
            proxy_pass http://lms;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
        }
    }
}
CONF
nginx -c "$work/nginx.conf" -e "$work/error.log" &
nginx=$!
sleep 0.5

load() { python3 "$here/mixed-load.py" "http://127.0.0.1:$port" "$1" "$2" "$3"; }

echo "One server of two is killed after $((seconds / 2)) s:"
load "$seconds" ani "$work/events" &
loader=$!
sleep $((seconds / 2))
date +%s.%N >"$work/events"
kill -9 "${servers[0]}"
wait "$loader"

echo "The database is restarted after 5 s:"
load 20 ani "$work/restart" &
loader=$!
sleep 5
date +%s.%N >"$work/restart"
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
as=
[ "$(id -u)" != 0 ] || as="runuser -u postgres --"
(cd "$socket" && $as "$bin/pg_ctl" -D "$socket/data" -l "$socket/data/log" -m fast -w -s restart)
wait "$loader"
"$lms" db check
