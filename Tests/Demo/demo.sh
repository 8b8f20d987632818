#!/bin/sh
# The main job of lms, from an empty disk to an empty catalogue, on a database that is thrown away.
# Prints each command and its answer; ends at the first command that fails.
set -eu

PATH="$(cd "$1" && pwd):$PATH"
here=$(cd "$(dirname "$0")" && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export PATH HOME="$home" LMS_PAGER=cat
unset LMS_DB LMS_TOKEN LMS_SESSION_FILE XDG_DATA_HOME
cd "$home"
cp "$here"/*.md .

say() { printf '\n# %s\n' "$*"; }
run() {
    printf '$ %s\n' "$*"
    sh -c "$*"
}

say "A teacher registers, and logs in."
run "echo 'tiga kuda hitam' | lms register ani --role teacher --password-stdin"
run "echo 'tiga kuda hitam' | lms login ani --password-stdin"

say "She creates a course, and adds two materials from Markdown files."
run "lms course create 'Biologi Dasar' --description 'Cells, genes and ecosystems.' --format table"
run "lms material add biologi-dasar 'Syllabus' --description-file syllabus.md"
run "lms material add biologi-dasar --description-file week-1.md"

say "A student registers and logs in, finds the course, and joins."
run "echo 'lima burung biru' | lms register siti --role student --password-stdin"
run "echo 'lima burung biru' | lms login siti --password-stdin"
run "lms course list --all --format table"
run "lms course join biologi-dasar --format table"

say "She reads, lists the courses she follows, and leaves."
run "lms material list biologi-dasar --format table"
run "lms material show 2"
run "lms course list --format table"
run "lms course leave biologi-dasar --format table"

say "The teacher deletes a material, and the course."
run "echo 'tiga kuda hitam' | lms login ani --password-stdin"
run "lms material delete 1 --yes"
run "lms course delete biologi-dasar --yes --format table"
run "lms course list --all --format table"
