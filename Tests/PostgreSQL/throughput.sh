#!/usr/bin/env bash
# throughput.sh FOLDER: requests per second of `lms serve` of FOLDER on SQLite, on PostgreSQL, and of two on PostgreSQL.
# Run it by: LMS_TEST_POSTGRES_FSYNC=on Tests/PostgreSQL/with-cluster.sh Tests/PostgreSQL/throughput.sh FOLDER
set -euo pipefail

lms="$(cd "$1" && pwd)/lms"
socket=${LMS_TEST_POSTGRES#*host=}
socket=${socket%%&*}
work=$(mktemp -d)
servers=()
cleanup() {
    kill "${servers[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
export HOME="$work"
file="$work/school.db" server="postgres:///postgres?host=$socket&user=lms"

# 1,000 courses of ten teachers, 40 students, each in ten courses; all with one password.
echo 'tiga kuda hitam' | "$lms" register first --role teacher --password-stdin --db "$file" -q >/dev/null
hash=$(sqlite3 "$file" "SELECT password FROM users")
mkdir "$work/csv"
{
    echo username,role,password_hash
    for i in $(seq 10); do echo "teacher$i,teacher,\"$hash\""; done
    for i in $(seq 40); do echo "student$i,student,\"$hash\""; done
} >"$work/csv/users.csv"
awk 'BEGIN { print "code,title,teacher,description"
    for (i = 1; i <= 1000; i++) print "course-" i ",Course number " i ",teacher" 1 + i % 10 ",What it is about." }' >"$work/csv/courses.csv"
awk 'BEGIN { print "course,student"
    for (s = 1; s <= 40; s++) for (c = 1; c <= 10; c++) print "course-" (s * 20 + c) ",student" s }' >"$work/csv/enrollments.csv"
awk 'BEGIN { print "course,title,description"
    for (c = 1; c <= 1000; c++) for (m = 1; m <= 20; m++) print "course-" c ",Week " m ",Read chapter " m "." }' >"$work/csv/materials.csv"
"$lms" db import "$work/csv" --db "$file" -q >/dev/null
for i in $(seq 40); do
    echo 'tiga kuda hitam' | "$lms" login "student$i" --password-stdin --print-token --db "$file"
done >"$work/tokens"
"$lms" db copy --to "$server" --db "$file" >/dev/null

cat >"$work/join.lua" <<LUA
local tokens, threads = {}, 0
for line in io.lines("$work/tokens") do tokens[#tokens + 1] = line end
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init(args) count = tonumber(args[1]) - 4 + number * 2 end
function request()
    count = count + 4
    local course = 1 + math.floor(count / 40) % 1000
    return wrk.format("POST", "/course/" .. course .. "/enrollment",
        { Authorization = "Bearer " .. tokens[1 + count % 40] })
end
LUA

serve() {
    "$lms" serve --port 0 --log-level warning --db "$1" 2>"$work/log$2" &
    servers+=($!)
    for _ in $(seq 100); do
        grep -q serving "$work/log$2" && break
        sleep 0.05
    done
    urls+=("$(sed -n 's|.* at \(http://.*\)|\1|p' "$work/log$2")")
}
# load PATH [LUA]: all servers at once, 16 connections together
load() {
    local pids=() index=0 report
    for url in "${urls[@]}"; do
        if [ -n "${2:-}" ]; then
            wrk -t 2 -c $((16 / ${#urls[@]})) -d 6 --latency -s "$2" "$url" -- "$index" >"$work/wrk$index" &
        else
            wrk -t 2 -c $((16 / ${#urls[@]})) -d 6 --latency -H "Authorization: Bearer $(head -n 1 "$work/tokens")" \
                "$url$1" >"$work/wrk$index" &
        fi
        pids+=($!)
        index=$((index + 1))
    done
    wait "${pids[@]}"
    report=$(cat "$work"/wrk*)
    printf '%9.0f/s  p99 %s' "$(awk '/^Requests\/sec/ { sum += $2 } END { print sum }' <<<"$report")" \
        "$(awk '$1 == "99%" { print $2 }' <<<"$report" | tail -n 1)"
    grep -hE 'Non-2xx|Socket errors' "$work"/wrk* >&2 || true
    rm "$work"/wrk*
}
measure() {
    printf '%-26s' "$1"
    load /course/course-21
    load "/course/course-21/material"
    load /course
    load / "$work/join.lua"
    printf '\n'
    kill "${servers[@]}"
    wait "${servers[@]}" 2>/dev/null || true
    servers=()
    urls=()
}
urls=()
printf '%-26s%-24s%-24s%-24s%s\n' '' 'GET course' 'GET material (20)' 'GET course list (10)' 'POST enrollment'
serve "$file" 1
measure 'SQLite, one server'
serve "$server" 1
measure 'PostgreSQL, one server'
psql -q "$server" -c "DELETE FROM enrollment WHERE id > 400"
serve "$server" 1
serve "$server" 2
measure 'PostgreSQL, two servers'
