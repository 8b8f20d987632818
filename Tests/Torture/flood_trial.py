"""A flood of requests from many addresses, with a teacher and a student at work beside it."""
import os
import subprocess
import time

from school import require

HERE = os.path.dirname(os.path.abspath(__file__))


def flood(program, folder, random, end, seed):
    script = os.path.join(HERE, "flood.sh")
    seconds = max(30, int(end - time.monotonic()))
    run = subprocess.run(
        ["sh", script, os.path.dirname(program.path), str(seconds), str(seed)], env=dict(os.environ, TMPDIR=folder),
        capture_output=True, text=True, timeout=seconds * 3 + 180)
    lines = (run.stdout + run.stderr).strip().splitlines()
    require(run.returncode == 0, " / ".join(lines[-6:]))
    return " / ".join(lines[-3:])
