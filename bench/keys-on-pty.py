"""Presses keys in programs on pseudo-terminals, and measures what each costs.

keys-on-pty.py WORK

WORK is an object in JSON: `columns`, `rows`, `ready`, a text that a program shows when it takes keys, `environment`,
`programs`, each a list of words, and `parts`, each an object:
  {"keys": [TEXT...]}              each key once the answer to the one before has ended; of all programs in turn
  {"keys": [TEXT...], "every": MS} at that pace, whatever is answered
Standard output is a list in JSON with a list for each part, and in it an object for each program:
  times   ms from each key to the last byte of its answer; at a pace, to the first byte after it
  bytes   of each answer, or of all where the keys came at a pace
  cpu     ms that the program worked for each answer, whatever else the machine does
  main    of these, ms of the main thread, which alone delays an answer: the engine compiles in others
  frames  answers that came apart, where the keys came at a pace
  memory  MiB at the end
"""

import json
import os
import select
import signal
import sys
import time

from pty_program import open_program

# An answer has ended when no byte has come for so long, in seconds.
QUIET = 0.025
# Two writes nearer than this are one frame.
TOGETHER = 0.002


def read_for(master, seconds):
    ready, _, _ = select.select([master], [], [], max(0, seconds))
    return os.read(master, 1 << 20) if ready else b""


def wait_for(master, text, seconds=30):
    seen = b""
    end = time.monotonic() + seconds
    while text.encode() not in seen:
        if time.monotonic() > end:
            sys.exit(f"{text!r} was never shown: {seen[-2000:]!r}")
        seen += read_for(master, 0.1)
    settle(master)


def settle(master, quiet=0.5):
    while read_for(master, quiet):
        pass


def press(master, key):
    start = time.monotonic()
    os.write(master, key)
    last = None
    count = 0
    while data := read_for(master, 2 if last is None else last + QUIET - time.monotonic()):
        last = time.monotonic()
        count += len(data)
    return ((last or start) - start) * 1000, count


def hold(master, keys, every):
    start = time.monotonic()
    sent = []
    arrived = []
    count = 0
    for index, key in enumerate(keys):
        due = start + index * every / 1000
        while (left := due - time.monotonic()) > 0:
            data = read_for(master, left)
            if data:
                arrived.append(time.monotonic())
                count += len(data)
        os.write(master, key)
        sent.append(time.monotonic())
    while data := read_for(master, 0.2 if arrived else 2):
        arrived.append(time.monotonic())
        count += len(data)
    frames = sum(1 for index, at in enumerate(arrived) if index == 0 or at - arrived[index - 1] > TOGETHER)
    # The time until the first answer after each key.
    times = [min((at for at in arrived if at >= key), default=key) - key for key in sent]
    return {"times": [one * 1000 for one in times], "bytes": count, "frames": frames}


def memory_of(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def cpu_of(pid, thread):
    with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as stat:
        return int(stat.read().split()[0]) / 1e6


def cpu_of_all(pid):
    return sum(cpu_of(pid, thread) for thread in os.listdir(f"/proc/{pid}/task"))


def press_and_count(master, pid, key):
    cpu, main = cpu_of_all(pid), cpu_of(pid, pid)
    ms, count = press(master, key)
    return ms, count, cpu_of_all(pid) - cpu, cpu_of(pid, pid) - main


def press_in_turn(opened, keys):
    answers = [[press_and_count(master, pid, key) for master, pid in opened] for key in keys]
    columns = [list(zip(*own)) for own in zip(*answers)]
    return [{"times": times, "bytes": counts, "cpu": cpu, "main": main} for times, counts, cpu, main in columns]


def carry_out(opened, part):
    keys = [key.encode() for key in part["keys"]]
    if "every" in part:
        results = [hold(master, keys, part["every"]) for master, _ in opened]
    else:
        results = press_in_turn(opened, keys)
    return [{**result, "memory": memory_of(pid)} for result, (_, pid) in zip(results, opened)]


def main():
    work = json.loads(sys.argv[1])
    os.environ.clear()
    os.environ.update(work["environment"])
    opened = []
    try:
        for words in work["programs"]:
            master, slave, pid = open_program(work["columns"], work["rows"], words)
            os.close(slave)
            opened.append((master, pid))
        for master, _ in opened:
            wait_for(master, work["ready"])
        print(json.dumps([carry_out(opened, part) for part in work["parts"]]))
    finally:
        for _, pid in opened:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


main()
