#!/bin/sh
# Installs the Debian packages named, if they are missing, and says so.
set -eu

missing=
for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    # Another system may have them under other names.
    for header in sqlite3.h sodium.h utf8proc.h yaml.h; do
        [ -e "/usr/include/$header" ] || [ -e "/usr/local/include/$header" ] || {
            echo "lms needs these packages, and there is no apt-get to install them:$missing" >&2
            exit 1
        }
    done
    exit 0
fi

sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "Installing$missing with apt-get"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
if ! { $sudo apt-get update && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt-get could not install$missing" >&2
    exit 1
fi
