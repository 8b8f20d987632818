"""Processes that are started, timed, counted and ended; each leads a group, so that what it starts ends with it."""

import os
import re
import signal
import subprocess
import tempfile
import time

TOOLS = {"HOME": "/nonexistent", "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"}
_null = os.open(os.devnull, os.O_RDWR)
_running = set()


class Failed(Exception):
    """Something could not be run, and why."""


class Command:
    """A command line with its environment, and the file that it reads."""

    def __init__(self, *arguments, environment=TOOLS, stdin=os.devnull):
        self.arguments = [str(argument) for argument in arguments]
        self.environment = environment
        self.stdin = str(stdin)

    def milliseconds(self):
        """Runs it: from before its process is made until it is gone."""
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, self.stdin, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, _null, 1),
            (os.POSIX_SPAWN_DUP2, _null, 2),
        ]
        begin = time.perf_counter_ns()
        process = os.posix_spawnp(
            self.arguments[0], self.arguments, self.environment, file_actions=actions, setpgroup=0)
        _running.add(process)
        _, status = os.waitpid(process, 0)
        end = time.perf_counter_ns()
        _running.discard(process)
        if status != 0:
            raise Failed(f"{self}: status {os.waitstatus_to_exitcode(status)}")
        return (end - begin) / 1e6

    def output(self, check=True, stdin=None):
        """Runs it, and gives what it writes; `stdin` is a text to read in place of its file."""
        with open(self.stdin) as file:
            child = subprocess.Popen(
                self.arguments, env=self.environment, stdin=file if stdin is None else subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
            _running.add(child.pid)
            text, _ = child.communicate(stdin)
            _running.discard(child.pid)
        if check and child.returncode != 0:
            raise Failed(f"{self}: status {child.returncode}: {text[-300:]}")
        return text

    def peak(self):
        """The most memory that it has at once, in MB, as GNU time tells: a child of Python's would begin with Python's."""
        with tempfile.NamedTemporaryFile("r") as file:
            self._within("time", "-f", "%M", "-o", file.name).milliseconds()
            return int(file.read().split()[-1]) / 1024

    def instructions(self):
        """The instructions that it takes outside of the kernel, in millions, as callgrind counts."""
        text = self._within("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--vgdb=no").output()
        return int(re.search(r"Collected : (\d+)", text).group(1)) / 1e6

    def _within(self, *tool):
        return Command(*tool, *self.arguments, environment=self.environment, stdin=self.stdin)

    def __str__(self):
        return " ".join(self.arguments)[:200]


class Server:
    """A process that serves until it is ended, and says its address when it does."""

    def __init__(self, *arguments, environment, patience=30):
        self._log = tempfile.TemporaryFile("w+")
        self._child = subprocess.Popen(
            [str(argument) for argument in arguments], env=environment, stdin=_null, stdout=self._log, stderr=self._log,
            start_new_session=True)
        self.process = self._child.pid
        _running.add(self.process)
        end = time.monotonic() + patience
        while not (found := re.search(r"http://\S+", self._said())):
            if self._child.poll() is not None or time.monotonic() > end:
                self.stop()
                raise Failed(f"no server: {self._said()[-300:]}")
            time.sleep(0.02)
        self.url = found.group(0).rstrip("/")

    def _said(self):
        return os.pread(self._log.fileno(), 65536, 0).decode(errors="replace")

    def peak(self):
        """The most memory that it has had so far, in MB."""
        with open(f"/proc/{self.process}/status") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1024

    def stop(self):
        self._child.terminate()
        try:
            self._child.wait(20)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        _running.discard(self.process)
        self._log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def end_all():
    """Ends what still runs where a row was left in its middle."""
    for process in list(_running):
        try:
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        _running.discard(process)
