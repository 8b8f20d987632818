#!/usr/bin/env bash
# Sends schemathesis against `lms serve`, as a teacher and as a student: what /openapi.json promises must
# hold for whatever is sent. Exits with 1 where it does not, or where the runs proved nothing.
#
#   bash Tests/Fuzzing/fuzz-api.sh .build/debug VENV [SECONDS [SEED]]
#
# Left out, of schemathesis' checks:
#   positive_data_acceptance      a schema does not know which course is there, and whose it is
#   object_level_authorization    the tests of the rights do it for every operation and person
#   use_after_free                it takes a dry run of a deletion (dry_run=true) for one
set -euo pipefail

bin=$(cd "$1" && pwd)
venv=$(cd "$2" && pwd)
seconds=${3:-70}
seed=${4:-20261123}
here=$(cd "$(dirname "$0")" && pwd)
lms="$bin/lms"
work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap finish EXIT
export HOME="$work" LMS_DB="$work/lms.db"
unset LMS_TOKEN LMS_SERVER LMS_SESSION_FILE
cd "$work"

# That of the document's example, so that some sign-ins succeed.
password='correct horse battery'
account() { echo "$password" | "$lms" register "$1" --role "$2" --password-stdin >/dev/null; }
token() { echo "$password" | "$lms" login "$1" --password-stdin --print-token; }

account ani teacher
account budi teacher
account siti student
account joko student
ani=$(token ani) siti=$(token siti)
# A school of thirty courses; the fuzzer finds short codes and small ids by itself.
sqlite3 "$LMS_DB" <<'SQL'
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
SELECT 'Course ' || i, 1 + (i % 3 = 0), 'About ' || i, '2026-01-01', iif(i <= 26, char(96 + i), 'course-' || i),
    CASE i % 5 WHEN 0 THEN 'approval' WHEN 1 THEN 'closed' ELSE 'open' END FROM n;
INSERT INTO enrollment (student_id, course_id, date_entry, status)
SELECT 3, id, 1795435200, 'enrolled' FROM course WHERE id % 2 = 0;
INSERT INTO enrollment (student_id, course_id, date_entry, status)
SELECT 4, id, 1795435200, 'pending' FROM course WHERE id % 5 = 0;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)
INSERT INTO material (course_id, description, title, position)
SELECT course.id, 'Read chapter ' || i, 'Week ' || i, i FROM course, n;
SQL
# What was written past lms is not in the search index yet.
"$lms" db migrate >/dev/null

"$lms" serve --port 0 2>"$work/log" &
server=$!
for _ in $(seq 100); do
    url=$(sed -n 's/^lms: serving .* at //p' "$work/log")
    [ -z "$url" ] || break
    sleep 0.1
done
[ -n "$url" ] || { cat "$work/log" >&2; exit 1; }

failed=0

# fuzz NAME TOKEN SECONDS OPTION...
fuzz() {
    local name=$1 token=$2 limit=$3
    shift 3
    printf '\n== %s, for %s s, seed %s\n' "$name" "$limit" "$seed"
    "$venv/bin/python" -m schemathesis.cli --no-color --config-file "$here/schemathesis.toml" run "$url/openapi.json" \
        --header "Authorization: Bearer $token" --seed "$seed" --max-time "$limit" "$@" || failed=1
}

# These two end the session that the others live on.
ends=(--include-operation-id logOut --include-operation-id revokeToken)
others=(--exclude-operation-id logOut --exclude-operation-id revokeToken)
fuzz teacher "$ani" "$seconds" "${others[@]}"
fuzz student "$siti" "$seconds" "${others[@]}"
fuzz "the end of sessions" "$(token joko)" 15 "${ends[@]}"

# A run whose session ended early saw nothing but 401.
for token in "$ani" "$siti"; do
    status=$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "$url/auth/me")
    [ "$status" = 200 ] || { echo "the session did not live to the end: $status"; failed=1; }
done
curl -sf "$url/readyz" >/dev/null || { echo "the server is not there any more"; failed=1; }
"$lms" db check >/dev/null || { echo "the database is damaged"; failed=1; }
kill "$server"
wait "$server" || { echo "the server ended with $?"; failed=1; }
server=
printf '\nanswers by status:\n'
sed -n 's/.*"status":\([0-9]*\).*/\1/p' "$work/log" | sort | uniq -c
errors=$(grep '"level":"error"' "$work/log" | grep -v '"status":503,.*"error":"the courses were changed meanwhile') || true
[ -z "$errors" ] || { echo "$errors"; failed=1; }
exit "$failed"
