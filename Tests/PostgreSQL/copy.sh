#!/usr/bin/env bash
# copy.sh FOLDER [USERS COURSES]: has the lms in FOLDER copy a school from SQLite into PostgreSQL and back, and compares
# what each exports. Without numbers the school has 810,000 rows. Run it by:
# LMS_TEST_POSTGRES_FSYNC=on Tests/PostgreSQL/with-cluster.sh Tests/PostgreSQL/copy.sh FOLDER
set -euo pipefail

lms="$(cd "$1" && pwd)/lms"
here=$(cd "$(dirname "$0")" && pwd)
socket=${LMS_TEST_POSTGRES#*host=}
socket=${socket%%&*}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work"
file="$work/school.db" server="postgres:///postgres?host=$socket&user=lms" back="$work/back.db"

# shellcheck source=../Benchmarks/school.sh
. "$here/../Benchmarks/school.sh"
bulk_files "$work/school" "${2:-10000}" "${3:-50000}"
measured() {
    local name=$1
    shift
    /usr/bin/time -f "$name: %e s, %M KB" "$@" >/dev/null
}
measured "import into the file" "$lms" db import "$work/school" --db "$file"
measured "copy into PostgreSQL" "$lms" db copy --to "$server" --db "$file"
measured "copy back" "$lms" db copy --to "$back" --db "$server"
for database in "$file" "$server" "$back"; do
    measured "export" "$lms" db export "$work/export" --with-secrets --db "$database"
    (cd "$work/export" && sha256sum -- *.csv) >>"$work/sums"
    rm -r "$work/export"
    "$lms" db check --db "$database"
done
different=$(sort -u "$work/sums" | wc -l)
echo "Of $(wc -l <"$work/sums") exported files of three databases, $different are different."
test "$different" = 4
# What no export has.
test "$(sqlite3 "$back" 'SELECT * FROM audit' | sha256sum)" = "$(sqlite3 "$file" 'SELECT * FROM audit' | sha256sum)"
echo "The audit trail came back as it was."
