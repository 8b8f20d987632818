"""Disks that are full, and disks that cannot be written."""
import os
import subprocess
import time

from school import PASSWORD, Skipped, make_school, require, require_whole, sql


class Disk:
    """A file system in memory, of so many KiB."""

    def __init__(self, path, kibibytes):
        os.makedirs(path, exist_ok=True)
        self.path = path
        if os.geteuid() != 0 or self.mount("-t", "tmpfs", "-o", f"size={kibibytes}k,mode=0700", "tmpfs", path):
            raise Skipped("a small disk takes root, and leave to mount")

    @staticmethod
    def mount(*words):
        return subprocess.run(["mount", *words], stderr=subprocess.DEVNULL).returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], stderr=subprocess.DEVNULL)


def full(program, folder, random, end, seed):
    """A full disk refuses what writes, with a reason, and nothing is half done; what reads goes on."""
    refused = written = rounds = 0
    while rounds == 0 or time.monotonic() < end:
        rounds += 1
        with Disk(os.path.join(folder, f"disk{rounds}"), random.randrange(1200, 2400)) as disk:
            path, token = make_school(program, disk.path)
            ballast = os.path.join(disk.path, "ballast")
            for number in range(60):
                room = os.statvfs(disk.path)
                free = room.f_bavail * room.f_frsize
                # Sometimes nothing is left, sometimes a little, sometimes it is given back.
                if number % 7 == 6 and os.path.exists(ballast):
                    os.unlink(ballast)
                else:
                    with open(ballast, "ab") as file:
                        try:
                            file.write(bytes(max(0, free - random.choice([0, 0, 4096, 20000, 100000]))))
                        except OSError:
                            pass
                before = sql(path, "SELECT count(*) FROM material")[0][0]
                text = "x" * random.choice([10, 5000, 60000])
                outcome = program.run(
                    "material", "add", "c1", f"W{number}", "--description-file", "-", db=path, token=token, stdin=text.encode())
                require(outcome.status in (0, 74), str(outcome))
                rows = sql(path, "SELECT count(*) FROM material")[0][0]
                require(rows == before + (outcome.status == 0), f"{rows} materials, {before} before: {outcome}")
                refused, written = refused + (outcome.status == 74), written + (outcome.status == 0)
                program.must("course", "show", "c1", db=path, token=token)
                login = program.run("login", "ani", "--password-stdin", db=path, home=disk.path, stdin=PASSWORD.encode())
                require(login.status in (0, 74, 75), str(login))
                if login.status == 0:
                    program.must("whoami", db=path, home=disk.path)
            if os.path.exists(ballast):
                os.unlink(ballast)
            program.must("material", "add", "c1", "After", "--description", "x", db=path, token=token)
            require_whole(path)
            left = [name for name in os.listdir(disk.path) if ".new-" in name]
            require(not left, f"left behind: {left}")
    return f"{rounds} disks: {written} written, {refused} refused"


def read_only(program, folder, random, end, seed):
    """A disk that became read-only is read on, and refuses the rest with 74."""
    rounds = 0
    while rounds == 0 or time.monotonic() < end:
        rounds += 1
        with Disk(os.path.join(folder, f"disk{rounds}"), 8192) as disk:
            path, token = make_school(program, disk.path)
            if random.random() < 0.5:
                sql(path, "PRAGMA wal_checkpoint(TRUNCATE)")
                for suffix in ("-wal", "-shm"):
                    if os.path.exists(path + suffix):
                        os.unlink(path + suffix)
            require(Disk.mount("-o", "remount,ro", disk.path) == 0, "the disk could not be made read-only")
            files = sorted(os.listdir(disk.path))
            program.must("course", "list", db=path, token=token)
            program.must("db", "check", db=path)
            for words in (["course", "create", "X"], ["db", "migrate"], ["material", "add", "c1", "X", "--description", "x"]):
                outcome = program.run(*words, db=path, token=token)
                require(outcome.status == 74 or words[0] == "db" and outcome.status == 0, str(outcome))
            require(sorted(os.listdir(disk.path)) == files, "files changed")
            require(Disk.mount("-o", "remount,rw", disk.path) == 0, "the disk could not be made writable")
            program.must("course", "create", "X", db=path, token=token)
    return f"{rounds} disks"
