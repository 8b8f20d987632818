#!/bin/sh
# All floods at once against one server with the memory of Administration.md's unit, beside people at work.
#   sh Tests/Torture/flood.sh FOLDER_OF_LMS [SECONDS [SEED]]
# As root it puts the server into a memory cgroup; otherwise it watches how much memory it takes.
set -eu
here=$(dirname "$0")
folder=${1:?the folder that lms is in}
exec python3 "$here/flood.py" "$folder/lms" --seconds "${2:-300}" --seed "${3:-$(date +%s)}"
