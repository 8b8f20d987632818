# The rows about `lms db import`, for bench.sh.

# shellcheck source=school.sh
. "$here/school.sh"

# compare_import NAME FOLDER GOAL RUNS [SQL]: SQL is what the reference does besides
compare_import() {
    hyperfine -N --style none --warmup 1 --runs "$4" --export-json "$work/figures.json" \
        --prepare "sh -c 'rm -f $2/own.db*; $lms db init --db $2/own.db'" "$lms db import $2 --db $2/own.db" \
        --prepare "sh -c 'rm -f $2/reference.db*; $lms db init --db $2/reference.db'" "sh $2/reference.sh '${5:-SELECT 1}'" \
        >/dev/null 2>&1
    row "$1" "$(median "$work/figures.json" 0)" "$(median "$work/figures.json" 1)" ms "$3"
}

note "Imports ..."
bulk_files "$work/small-school" 250 175
bulk_files "$work/large-school" 10000 50000
entries="INSERT INTO course_search (rowid, heading, body) SELECT id, lower(code || char(32) || title), lower(description) FROM course;
    INSERT INTO material_search (rowid, heading, body) SELECT id, lower(title), lower(description) FROM material"
compare_import "5  db import of 810,000 rows / sqlite3 .import, without search entries" "$work/large-school" 1.0 3
compare_import "5  db import of 810,000 rows / sqlite3 .import, with search entries" "$work/large-school" 1.0 3 "$entries"
compare_import "5  db import of 3,050 rows / sqlite3 .import, without search entries" "$work/small-school" 1.2 20
limit "12 peak memory, db import of 810,000 rows" \
    "$(rm -f "$work"/large-school/own.db*; peak "$lms" db import "$work/large-school" --db "$work/large-school/own.db")" MB 100

# Forty passwords, on all cores.
mkdir "$work/passwords"
{
    echo username,role,password
    for i in $(seq 40); do echo "user$i,student,tiga kuda hitam $i"; done
} >"$work/passwords/users.csv"
hyperfine -N --style none --runs 3 --export-json "$work/figures.json" \
    --prepare "sh -c 'rm -f $work/passwords/own.db*; $lms db init --db $work/passwords/own.db'" \
    "$lms db import $work/passwords --db $work/passwords/own.db" \
    "sh -c 'seq 40 | xargs -P $(nproc) -n 1 $bin/bare-argon2'" >/dev/null 2>&1
row "6  db import of 40 passwords / bare Argon2id on all cores" \
    "$(median "$work/figures.json" 0)" "$(median "$work/figures.json" 1)" ms 1.053
