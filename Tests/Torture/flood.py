"""All floods at once against `lms serve`, from twenty loopback addresses, beside a teacher and a student at work.

It prints how the two fared, the most memory that the server took, and what the floods were answered, and exits with 1
where a promise is broken: the server died, took more memory than it may, answered 500, or kept people waiting.
Python's standard library alone; the floods themselves are in flood_kinds.py.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import flood_kinds

PASSWORD = "kuda laut di tepi pantai"
MEBIBYTE = 1 << 20


class MemoryLimit:
    """A memory cgroup of one's own, of version 2 or 1; where none can be made, the limit is only watched."""

    def __init__(self, size):
        self.size = size
        self.folder = None
        for root, name in (("/sys/fs/cgroup", "memory.max"), ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")):
            folder = f"{root}/lms-flood-{os.getpid()}"
            try:
                os.mkdir(folder)
                with open(f"{folder}/{name}", "w") as file:
                    file.write(str(size))
                self.folder = folder
                break
            except OSError:
                if os.path.isdir(folder):
                    os.rmdir(folder)

    def enter(self):
        """Called in the child, before it becomes the server."""
        if self.folder:
            with open(f"{self.folder}/cgroup.procs", "w") as file:
                file.write(str(os.getpid()))

    def kills(self):
        for name in ("memory.events", "memory.oom_control"):
            try:
                with open(f"{self.folder}/{name}") as file:
                    found = re.search(r"^oom_kill (\d+)$", file.read(), re.M)
                    return int(found.group(1)) if found else 0
            except OSError:
                continue
        return 0

    def remove(self):
        if self.folder:
            try:
                os.rmdir(self.folder)
            except OSError:
                pass


class Server:
    """`lms serve` on a database of its own."""

    def __init__(self, lms, folder, limit):
        self.log = f"{folder}/log"
        environment = {"HOME": folder, "PATH": os.environ["PATH"], "LMS_DB": f"{folder}/lms.db"}
        self.process = subprocess.Popen(
            [lms, "serve", "--port", "0"], env=environment, stdout=subprocess.DEVNULL,
            stderr=open(self.log, "w"), preexec_fn=limit.enter)
        self.port = None
        deadline = time.monotonic() + 30
        while self.port is None:
            if time.monotonic() > deadline or self.process.poll() is not None:
                sys.exit("the server did not start: " + open(self.log).read())
            time.sleep(0.05)
            found = re.search(r"at http://127\.0\.0\.1:(\d+)", open(self.log).read())
            self.port = int(found.group(1)) if found else None

    def memory(self):
        """The most memory that it has had, in bytes; 0 where it is gone."""
        try:
            with open(f"/proc/{self.process.pid}/status") as file:
                return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) * 1024
        except (OSError, AttributeError):
            return 0

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Client:
    """Somebody at an address, with a token."""

    def __init__(self, port, address):
        self.port, self.address, self.token = port, address, None
        self.connection = None

    def send(self, method, path, body=None, timeout=60):
        """The status, and the answer; status 0 where there was none."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body), "application/json"
        for attempt in range(2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(
                        "127.0.0.1", self.port, timeout=timeout, source_address=(self.address, 0))
                self.connection.request(method, path, data, headers)
                answer = self.connection.getresponse()
                text = answer.read()
                return answer.status, json.loads(text) if text else None
            except (OSError, http.client.HTTPException, ValueError):
                self.connection = None
                # An idle connection may have ended between two requests.
                if method != "GET" or attempt:
                    return 0, None
        return 0, None

    def sign_in(self, name, role):
        self.send("POST", "/auth/register", {"username": name, "password": PASSWORD, "role": role})
        status, answer = self.send("POST", "/auth/login", {"username": name, "password": PASSWORD})
        if status != 200:
            sys.exit(f"{name} cannot sign in: {status} {answer}")
        self.token = answer["token"]
        return self


def work(port, name, token, address, steps, seconds, results):
    """Does one step after the other, as a person would, and notes how long each took."""
    client = Client(port, address)
    client.token = token
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        method, path, body = steps[number % len(steps)]
        number += 1
        start = time.monotonic()
        status, _ = client.send(method, path, body)
        kind = "reads" if method == "GET" else "writes"
        results.put((name, "health" if path == "/healthz" else kind, time.monotonic() - start, status))
        time.sleep(0.1)


def prepare(port, folder):
    """The school: its people, and what the floods work with."""
    teacher = Client(port, "127.0.0.30").sign_in("ibu-guru", "teacher")
    student = Client(port, "127.0.0.31").sign_in("murid", "student")
    teacher.send("POST", "/course", {"title": "Biology", "code": "bio"})
    for number in range(20):
        teacher.send("POST", "/course/bio/material", {"title": f"Week {number}", "description": "Cells."})
    student.send("POST", "/course/bio/enrollment")
    attackers = []
    for number in range(2, 22):
        address = f"127.0.0.{number}"
        role = "teacher" if number % 2 == 0 else "student"
        attackers.append((address, Client(port, address).sign_in(f"attacker{number}", role).token, role))
    owner = Client(port, attackers[0][0])
    owner.token = attackers[0][1]
    owner.send("POST", "/course", {"title": "Large", "code": "large"})
    for number in range(4):
        owner.send("POST", "/course/large/material", {"title": str(number), "description": "x" * 1_048_000})
    words = " ".join(["a"] * 97 + ["b", "a"])
    for number in range(4):
        owner.send(
            "POST", "/course",
            {"title": f"{words} {number}", "code": f"slow{number}", "description": "a " * 524_280})
    for address, token, role in attackers:
        if role == "student":
            client = Client(port, address)
            client.token = token
            client.send("POST", "/course/large/enrollment")
    return teacher, student, attackers


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def report(results, seconds, peak, limit, broken):
    groups = {}
    for name, kind, duration, status in results:
        groups.setdefault((name, kind), []).append((duration, status))
    print(f"{'who':10} {'what':8} {'count':>6} {'median':>8} {'p95':>8} {'worst':>8}  statuses")
    for (name, kind), entries in sorted(groups.items()):
        durations = [duration for duration, _ in entries]
        counts = {}
        for _, status in entries:
            counts[status] = counts.get(status, 0) + 1
        p95 = percentile(durations, 0.95)
        print(f"{name:10} {kind:8} {len(entries):6} {percentile(durations, 0.5):7.3f}s {p95:7.3f}s"
              f" {max(durations):7.3f}s  {counts}")
        bound = 1.5 if kind == "writes" else 1.0
        if p95 > bound:
            broken.append(f"{name}'s {kind}: the 95th percentile is {p95:.2f} s, more than {bound} s")
        good = sum(count for status, count in counts.items() if 200 <= status < 300)
        if good < 0.95 * len(entries):
            broken.append(f"{name}'s {kind}: only {good} of {len(entries)} succeeded")
    print(f"peak memory: {peak / MEBIBYTE:.0f} MiB of {limit.size / MEBIBYTE:.0f} MiB"
          f" ({'in a cgroup' if limit.folder else 'watched'}), {seconds} s")
    if peak > limit.size:
        broken.append("the server took more memory than it may")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lms")
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory", type=int, default=512, help="in MiB")
    parser.add_argument("--only", help="kinds of floods, with commas")
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}")
    random.seed(arguments.seed)
    flood_kinds.allow_many_files()
    folder = tempfile.mkdtemp(prefix="lms-flood-")
    limit = MemoryLimit(arguments.memory * MEBIBYTE)
    server = Server(os.path.abspath(arguments.lms), folder, limit)
    broken = []
    try:
        teacher, student, attackers = prepare(server.port, folder)
        queue = multiprocessing.Queue()
        people = [
            ("teacher", teacher.token, "127.0.0.30",
             [("GET", "/course", None), ("PATCH", "/material/1", {"description": "Cells and tissue."}),
              ("GET", "/course/bio/material", None), ("PATCH", "/material/1", {"description": "Cells."})]),
            ("student", student.token, "127.0.0.31",
             [("GET", "/course/bio", None), ("GET", "/course/bio/material", None),
              ("DELETE", "/course/bio/enrollment", None), ("POST", "/course/bio/enrollment", None)]),
            ("monitor", None, "127.0.0.32", [("GET", "/healthz", None)]),
        ]
        workers = [
            multiprocessing.Process(
                target=work, args=(server.port, name, token, address, steps, arguments.seconds, queue))
            for name, token, address, steps in people
        ]
        floods = flood_kinds.start(
            server.port, attackers, arguments.seconds, arguments.seed, arguments.only, queue)
        for worker in workers:
            worker.start()
        results, answers, peak = [], {}, 0
        end = time.monotonic() + arguments.seconds + 30
        while time.monotonic() < end and any(process.is_alive() for process in workers + floods):
            peak = max(peak, server.memory())
            while not queue.empty():
                item = queue.get()
                if item[0] == "flood":
                    answers[item[1:]] = answers.get(item[1:], 0) + 1
                else:
                    results.append(item)
            if server.process.poll() is not None:
                broken.append(f"the server ended with {server.process.returncode}")
                break
            time.sleep(0.2)
        for process in workers + floods:
            process.terminate()
        peak = max(peak, server.memory())
        report(results, arguments.seconds, peak, limit, broken)
        for (kind, status), count in sorted(answers.items(), key=str):
            print(f"flood {kind:22} {status}: {count}")
        if server.process.poll() is None and server.stop() != 0:
            broken.append("the server did not stop well")
        if limit.kills():
            broken.append("the server was killed for its memory")
        with open(server.log) as log:
            mistakes = [line for line in log if '"status":500' in line]
        if mistakes:
            broken.append(f"{len(mistakes)} answers were 500: {mistakes[0].strip()}")
        check = subprocess.run(
            [arguments.lms, "db", "check", "--db", f"{folder}/lms.db"], capture_output=True, text=True)
        if check.returncode != 0:
            broken.append("the database is not whole: " + check.stderr.strip())
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
        limit.remove()
        shutil.rmtree(folder, ignore_errors=True)
    for line in broken:
        print("BROKEN:", line)
    print("0 restarts, all promises kept" if not broken else f"{len(broken)} promises broken")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
