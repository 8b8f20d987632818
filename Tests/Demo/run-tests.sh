#!/bin/sh
# run-tests.sh COMMAND...
# Runs a test command; where it fails, says at the end which tests failed and why.
output=$(mktemp) || exit 1
trap 'rm -f "$output"' EXIT
{
    "$@" 2>&1
    echo $? >"$output.status"
} | tee "$output"
status=$(cat "$output.status")
rm -f "$output.status"
if [ "$status" -ne 0 ]; then
    echo
    echo "What failed:"
    grep -aE '✘|: error:|Fatal error|^error:' "$output" | cut -c 1-600
fi
exit "$status"
