#!/usr/bin/env bash
# Runs each fuzz target for its share of the time, from the corpus in the repository, and tells what broke.
#
#   bash Tests/Fuzzing/fuzz-parsers.sh PROGRAM [SECONDS [SEED]]
#
# New inputs are kept in .build-fuzz/corpus, so the next run goes on where this one ended. An input that breaks a promise
# is kept in .build-fuzz/found, and is run again with: LMS_FUZZ_TARGET=NAME PROGRAM FILE
set -euo pipefail

program=$1
seconds=${2:-600}
seconds=${seconds:-600}
seed=${3:-0}
seed=${seed:-0}
here=$(cd "$(dirname "$0")" && pwd)
kept=$(cd "$(dirname "$program")/.." && pwd)
targets=$(ls "$here/Corpus")
count=$(echo "$targets" | wc -w)
share=$(( seconds / count > 0 ? seconds / count : 1 ))
broken=0
mkdir -p "$kept/found"
# Swift keeps what a program makes once, to its end.
export ASAN_OPTIONS=detect_leaks=0
for target in $targets; do
    mkdir -p "$kept/corpus/$target"
    # An input may take five seconds, and a target 2 GiB.
    if LMS_FUZZ_TARGET=$target "$program" "$kept/corpus/$target" "$here/Corpus/$target" \
        -max_total_time="$share" -seed="${seed:-0}" -timeout=5 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
        -artifact_prefix="$kept/found/$target-" >"$kept/$target.log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$kept/$target.log")
        coverage=$(grep -o 'cov: [0-9]*' "$kept/$target.log" | tail -n 1)
        echo "$target: $runs inputs in $share s, $coverage"
    else
        broken=$((broken + 1))
        echo "$target: BROKEN"
        grep -E 'BROKEN PROMISE|ERROR|SUMMARY|Fatal error|Test unit written' "$kept/$target.log" | head -n 8
    fi
done
[ "$broken" -eq 0 ] || { echo "$broken targets broke; their logs are in $kept"; exit 1; }
