"""Starts programs on pseudo-terminals, and measures how soon each has shown something.

frames-on-pty.py WORK

WORK is an object in JSON: `columns`, `rows`, `environment`, `rounds` and `programs`, each an object:
  words    what is run
  shows    a text; the terminal must not echo what is typed by then
Each program runs once in each round, and is told to end when it has shown the text; one round more warms up. Standard
output is a list in JSON with a list of ms for each program.
"""

import json
import os
import select
import signal
import sys
import termios
import time

from pty_program import open_program

LONGEST = 30


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def ms_until_shown(columns, rows, words, shows):
    start = time.monotonic()
    master, slave, pid = open_program(columns, rows, words)
    shown = b""
    try:
        while shows.encode() not in shown:
            ready, _, _ = select.select([master], [], [], LONGEST)
            if not ready:
                sys.exit(f"{words} did not show {shows!r}: {shown[-2000:]!r}")
            shown += os.read(master, 1 << 20)
        ms = (time.monotonic() - start) * 1000
        if echoes(master):
            sys.exit(f"{words} showed {shows!r} while what is typed was echoed")
        return ms
    finally:
        # Not killed: a program that ends keeps what it has compiled for its next start.
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        os.close(master)
        os.close(slave)


def main():
    work = json.loads(sys.argv[1])
    os.environ.clear()
    os.environ.update(work["environment"])
    programs = work["programs"]
    rounds = [
        [ms_until_shown(work["columns"], work["rows"], **program) for program in programs]
        for _ in range(work["rounds"] + 1)
    ]
    print(json.dumps(list(zip(*rounds[1:]))))


main()
