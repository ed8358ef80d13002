"""Runs a program on a pseudo-terminal of its own.

on-pty.py COLUMNS ROWS PROGRAM [WORD...]

Standard output carries a line for each event:
  tty PATH           the terminal that the program is on
  modes MODES        those before the program runs, as stty takes them
  pid ID
  data HEX           the bytes that the program writes
  size COLUMNS ROWS
  written, stormed   a command has been carried out
  exit STATUS        a signal that ended the program counts as 128 plus its number

Standard input takes commands; its end drops the line:
  write HEX...       each piece once the program has read the one before
  type HEX           without waiting for that
  size COLUMNS ROWS
  storm COUNT COLUMNS ROWS
                     that many changes of the size within a second, the last one to this size
"""

import fcntl
import math
import os
import select
import struct
import subprocess
import sys
import termios
import time


def set_size(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def tell(line):
    data = (line + "\n").encode()
    while data:
        data = data[os.write(1, data) :]


def resize(master, columns, rows):
    set_size(master, columns, rows)
    tell(f"size {columns} {rows}")


def storm(master, count, columns, rows):
    """As a window manager does while a corner of the window is dragged."""
    start = time.monotonic()
    for step in range(count - 1):
        resize(master, 40 + step % 97, 12 + step % 31)
        while (left := start + (step + 1) / count - time.monotonic()) > 0:
            ready, _, _ = select.select([master], [], [], left)
            if master in ready:
                receive(master)
    resize(master, columns, rows)
    tell("stormed")


def bytes_read(pid):
    """By the program, from anywhere; infinitely many once it has ended."""
    try:
        with open(f"/proc/{pid}/io", encoding="ascii") as counters:
            return int(counters.readline().split()[1])
    except (OSError, IndexError):
        return math.inf


def unread(slave):
    return struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, b"\0\0\0\0"))[0]


def write(master, slave, pid, pieces, waits=True):
    for data in pieces:
        # The program also reads files, and what is written takes its time until it can be read.
        wanted = bytes_read(pid) + len(data)
        while data:
            # What the program writes meanwhile must not fill the line up.
            ready, writable, _ = select.select([master], [master], [], 0.001)
            if master in ready:
                receive(master)
            if master in writable:
                data = data[os.write(master, data[:1024]) :]
        while waits and (bytes_read(pid) < wanted or unread(slave) > 0 and bytes_read(pid) < math.inf):
            ready, _, _ = select.select([master], [], [], 0.001)
            if master in ready:
                receive(master)
    tell("written")


def receive(fd):
    tell("data " + os.read(fd, 65536).hex())


def obey(fd, slave, pid, line):
    word, *rest = line.split()
    if word == "write":
        write(fd, slave, pid, map(bytes.fromhex, rest))
    elif word == "type":
        write(fd, slave, pid, map(bytes.fromhex, rest), waits=False)
    elif word == "size":
        resize(fd, *map(int, rest))
    elif word == "storm":
        storm(fd, *map(int, rest))


def status_of(raw):
    return 128 + os.WTERMSIG(raw) if os.WIFSIGNALED(raw) else os.WEXITSTATUS(raw)


def main():
    columns, rows, *words = sys.argv[1:]
    master, slave = os.openpty()
    set_size(master, int(columns), int(rows))
    tell("tty " + os.ttyname(slave))
    tell("modes " + subprocess.check_output(["stty", "-g"], stdin=slave, text=True).strip())
    pid = os.fork()
    if pid == 0:
        os.close(master)
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for fd in (0, 1, 2):
            os.dup2(slave, fd)
        if slave > 2:
            os.close(slave)
        os.execvp(words[0], words)
    tell("pid " + str(pid))

    # The slave stays open here, so that its modes outlive the program.
    commands = b""
    has_ended = False
    while True:
        ready, _, _ = select.select([0, master], [], [], 0.05)
        if master in ready:
            receive(master)
            continue
        if 0 in ready:
            data = os.read(0, 65536)
            if data == b"":
                break
            *lines, commands = (commands + data).split(b"\n")
            for line in lines:
                obey(master, slave, pid, line.decode())
        if not has_ended:
            ended, raw = os.waitpid(pid, os.WNOHANG)
            if ended == pid:
                has_ended = True
                tell("exit " + str(status_of(raw)))
    os.close(master)
    if not has_ended:
        tell("exit " + str(status_of(os.waitpid(pid, 0)[1])))


main()
