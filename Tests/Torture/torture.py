#!/usr/bin/env python3
"""Hurts lms for as long as it is told to, and looks whether Docs/Reliability.md still holds.

    torture.py PROGRAM [--minutes 10] [--seed N] [--only NAME,NAME] [--old PROGRAM]

Each trial gets a share of the time. What is chosen (which byte, which file, which part of a run) follows from the seed; moments
are parts of what a run takes on this machine.
Whatever breaks is printed with the seed; then the exit status is 1. `--old` is an earlier release, which then works
beside this one.
"""
import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import crashes
import damage
import disks
import flood_trial
import interruptions
import migrations
from school import Broken, Program, Skipped

# Each with its share of the time.
TRIALS = [
    ("import", crashes.imports, 3),
    ("apply", crashes.applies, 2),
    ("writers", crashes.writers, 3),
    ("leftovers", crashes.leftovers, 2),
    ("migration", migrations.kills, 4),
    ("two-migrate", migrations.two_at_once, 1),
    ("old-and-new", migrations.old_beside_new, 1),
    ("full-disk", disks.full, 2),
    ("read-only", disks.read_only, 1),
    ("corruption", damage.databases, 3),
    ("dotfile", damage.dotfiles, 2),
    ("lock", interruptions.locks, 2),
    ("signal", interruptions.signals, 2),
    ("flood", flood_trial.flood, 3),
]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--seed", type=int, default=None)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--old", default=os.environ.get("OLD", ""))
    options = arguments.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1, 1 << 31)
    wanted = [name for name in options.only.split(",") if name]
    trials = [trial for trial in TRIALS if not wanted or trial[0] in wanted]
    if not trials or set(wanted) - {name for name, _, _ in TRIALS}:
        sys.exit("the trials are: " + " ".join(name for name, _, _ in TRIALS))
    total = sum(share for _, _, share in trials)
    program = Program(os.path.abspath(options.program), os.path.abspath(options.old) if options.old else None)
    print(f"seed {seed}, {options.minutes:g} minutes, {program.path}", flush=True)

    broken = 0
    # A trial that is killed itself ends its programs by their group.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for name, trial, share in trials:
        seconds = options.minutes * 60 * share / total
        folder = tempfile.mkdtemp(prefix=f"lms-torture-{name}-")
        start = time.monotonic()
        try:
            figures = trial(program, folder, random.Random(f"{seed} {name}"), start + seconds, seed)
            verdict = "held"
        except Skipped as reason:
            figures, verdict = str(reason), "SKIPPED"
        except Broken as what:
            figures, verdict = str(what), "BROKEN"
            broken += 1
        except Exception as error:
            figures, verdict = f"the trial itself failed: {type(error).__name__}: {error}", "BROKEN"
            broken += 1
        finally:
            program.end_all()
        print(f"{name:12} {verdict:8} {time.monotonic() - start:6.1f} s  {figures}", flush=True)
        if verdict == "BROKEN":
            print(f"             again: torture.py {options.program} --only {name} --seed {seed}"
                  f" --minutes {seconds / 60:.2f}; what is there now: {folder}", flush=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"seed {seed}: " + (f"{broken} broken" if broken else "all held"), flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
