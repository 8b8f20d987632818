#!/usr/bin/env bash
# Measures lms side by side with what it is compared to: whole processes, medians, ratios.
# Prints one table, and never fails because of a figure.
#
#   bash Tests/Benchmarks/bench.sh .build/release
set -euo pipefail

bin=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
lms="$bin/lms"
work=$(mktemp -d)
trap 'report; rm -rf "$work"' EXIT
export HOME="$work"
unset LMS_DB LMS_TOKEN LMS_SESSION_FILE XDG_DATA_HOME
rows=()

note() { printf '%s\n' "$*" >&2; }
calculate() { sqlite3 :memory: "SELECT $1"; }

# median FILE INDEX: milliseconds, of a hyperfine export
median() { sqlite3 :memory: "SELECT round(1000 * json_extract(readfile('$1'), '\$.results[$2].median'), 2)"; }

# row NAME FIGURE REFERENCE UNIT GOAL: a ratio that must not be above its goal
row() {
    local ratio met
    ratio=$(calculate "printf('%.2f', 1.0 * $2 / $3)")
    met=$(calculate "CASE WHEN 1.0 * $2 / $3 <= $5 THEN 'met' ELSE 'NOT MET' END")
    rows+=("$1|$2 $4|$3 $4|$ratio|<= $5|$met")
}

# limit NAME FIGURE UNIT GOAL: a figure that must not be above its goal
limit() {
    local met
    met=$(calculate "CASE WHEN $2 <= $4 THEN 'met' ELSE 'NOT MET' END")
    rows+=("$1|$2 $3|||<= $4 $3|$met")
}

# compare NAME GOAL RUNS COMMAND REFERENCE [PREPARE_A PREPARE_B]
compare() {
    local prepare=()
    [ $# -le 5 ] || prepare=(--prepare "$6" --prepare "$7")
    hyperfine -N --style none --warmup 5 --runs "$3" --export-json "$work/figures.json" \
        "${prepare[@]}" "$4" "$5" >/dev/null 2>&1
    row "$1" "$(median "$work/figures.json" 0)" "$(median "$work/figures.json" 1)" ms "$2"
}

# What was measured, also where something broke on the way.
report() {
    printf '\n'
    printf '%s\n' 'what|figure|reference|ratio|goal|met' "${rows[@]}" | column -t -s '|'
}

peak() { /usr/bin/time -f %M -o "$work/peak" "$@" >/dev/null 2>&1; calculate "round($(cat "$work/peak") / 1024.0, 1)"; }

sign_in() { echo 'tiga kuda hitam' | "$lms" login "$1" --password-stdin --db "$2" -q >/dev/null; }

# A school: a teacher `ani` and a student `siti` with ten courses each, in the middle of COURSES courses.
seed() {
    local database=$1 courses=$2
    for account in "ani teacher" "siti student"; do
        # shellcheck disable=SC2086
        set -- $account
        echo 'tiga kuda hitam' | "$lms" register "$1" --role "$2" --password-stdin --db "$database" >/dev/null
    done
    sqlite3 "$database" >/dev/null <<SQL
PRAGMA cache_size = -262144;
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $courses / 100)
INSERT INTO users (username, role, created_at) SELECT 'teacher' || i, 'teacher', 1795435200 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $courses)
INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
SELECT 'Course number ' || i,
    CASE WHEN i % ($courses / 10) = $courses / 20 THEN 1 ELSE 3 + i % ($courses / 100) END,
    'What the course number ' || i || ' is about.', '2026-01-01', 'course-' || i, 'open' FROM n;
INSERT INTO enrollment (student_id, course_id, date_entry, status)
SELECT 2, id, 1795435200, 'enrolled' FROM course WHERE teacher_id = 1;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
INSERT INTO material (course_id, description, title, position)
SELECT course.id, 'Read chapter ' || i, 'Week ' || i, i FROM course, n WHERE teacher_id = 1;
COMMIT;
ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
SQL
    # What was written past lms is not in the search index yet.
    "$lms" db migrate --db "$database" >/dev/null
    sqlite3 "$database" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
}

note "Small commands ..."
small="$work/small.db"
seed "$small" 1000
sign_in ani "$small"
list="SELECT course.id, course.code, course.title, users.username, course.release_date, course.enrollment,
    (SELECT count(*) FROM enrollment WHERE course_id = course.id AND status = 'enrolled')
    FROM course JOIN users ON users.id = course.teacher_id WHERE course.teacher_id = 1 ORDER BY course.id"
compare "1  course list (10 courses) / sqlite3, the same SELECT" 2.0 300 \
    "$lms course list" "sqlite3 $small \"$list\""
compare "2  --version / sqlite3 --version" 2.0 300 "$lms --version" "sqlite3 --version"

sign_in siti "$small"
compare "3  course join / sqlite3, the same INSERT in WAL + FULL" 2.0 100 \
    "$lms course join course-1" \
    "sqlite3 $small \"PRAGMA synchronous = FULL; INSERT INTO enrollment (student_id, course_id, date_entry, status) VALUES (2, 2, 1795435200, 'enrolled')\"" \
    "sqlite3 $small \"DELETE FROM enrollment WHERE course_id = 1\"" \
    "sqlite3 $small \"DELETE FROM enrollment WHERE course_id = 2\""

echo 'tiga kuda hitam' >"$work/password"
compare "4  login / one bare Argon2id hash" 1.10 30 \
    "sh -c 'exec $lms login siti --password-stdin <$work/password'" "sh -c 'exec $bin/bare-argon2 <$work/password'"

note "A course file of 1,000 materials ..."
sign_in ani "$small"
{
    printf 'course: BIG\ntitle: Big\nmaterials:\n'
    for i in $(seq 1000); do
        printf '  - title: Week %s\n    description: |\n      Read chapter %s.\n\n      Answer its questions.\n' "$i" "$i"
    done
} >"$work/big.yaml"
hyperfine -N --style none --warmup 1 --runs 10 --export-json "$work/first.json" \
    --prepare "sh -c '$lms course delete BIG --yes || true'" "$lms apply $work/big.yaml" >/dev/null 2>&1
hyperfine -N --style none --warmup 1 --runs 10 --export-json "$work/second.json" \
    "$lms apply $work/big.yaml" >/dev/null 2>&1
limit "7  apply, 1,000 materials, first run" "$(median "$work/first.json" 0)" ms 300
limit "7  apply, 1,000 materials, nothing to do" "$(median "$work/second.json" 0)" ms 100
"$lms" course delete BIG --yes -q >/dev/null 2>&1
sign_in siti "$small"

# shellcheck source=import.sh
. "$here/import.sh"

# shellcheck source=serve.sh
. "$here/serve.sh"

note "A million courses ..."
large="$work/large.db"
seed "$large" 1000000
sign_in siti "$large"
middle=$(sqlite3 "$large" "SELECT id FROM course WHERE teacher_id = 1 ORDER BY id LIMIT 1 OFFSET 5")
near=$(sqlite3 "$small" "SELECT id FROM course WHERE teacher_id = 1 ORDER BY id LIMIT 1 OFFSET 5")
at_scale() {
    compare "11 $1: 1,000,000 courses / 1,000" 1.2 100 "$lms $2 --db $large" "$lms $3 --db $small" "${@:4}"
}
at_scale "course list" "course list" "course list"
at_scale "course show" "course show course-$middle" "course show course-$near"
at_scale "material list" "material list $middle" "material list $near"
at_scale "course join" "course join course-777" "course join course-77" \
    "sqlite3 $large \"DELETE FROM enrollment WHERE course_id = 777\"" \
    "sqlite3 $small \"DELETE FROM enrollment WHERE course_id = 77\""
compare "11 search, 11 hits: 1,000,000 courses / 1,000" 3.0 100 \
    "$lms search number 77777 --db $large" "$lms search number 77 --db $small"
compare "11 search, 1,111 hits of 1,000,000 courses / 11 of 1,000" 3.0 50 \
    "$lms search number 777 --db $large" "$lms search number 77 --db $small"
first_hits() { printf "sh -c '%s search number --db %s | head -n 100'" "$lms" "$1"; }
compare "11 search for a word that all have: 1,000,000 / 1,000" 3.0 50 \
    "$(first_hits "$large")" "$(first_hits "$small")"
# Both have more rows than are read.
medium="$work/medium.db"
seed "$medium" 10000
sign_in siti "$medium"
first_page() { printf "sh -c '%s course list --all --db %s | head -n 100'" "$lms" "$1"; }
compare "11 beginning of the catalogue: 1,000,000 courses / 10,000" 1.2 50 \
    "$(first_page "$large")" "$(first_page "$medium")"

note "Memory and size ..."
limit "12 peak memory, course list" "$(peak "$lms" course list --db "$small")" MB 16
limit "12 peak memory, course list --all of 1,000,000" "$(peak "$lms" course list --all --db "$large")" MB 25
limit "13 stripped executable" "$(calculate "round($(stat -c %s "$lms") / 1e6, 1)")" MB 80

# The same rows in plain tables with the same indexes.
bulk="$work/bulk.db" plain="$work/plain.db"
"$lms" db init --db "$bulk" >/dev/null
sqlite3 "$bulk" <"$here/bulk.sql" >/dev/null
sqlite3 "$plain" "ATTACH '$bulk' AS bulk" ".read $here/plain.sql" >/dev/null
bytes() { sqlite3 "$1" "VACUUM" "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"; }
row "13 database of 810,000 rows / plain tables" \
    "$(calculate "round($(bytes "$bulk") / 1e6, 1)")" "$(calculate "round($(bytes "$plain") / 1e6, 1)")" MB 1.15
