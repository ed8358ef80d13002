"""Programs on pseudo-terminals of their own."""

import fcntl
import os
import struct
import termios


def open_program(columns, rows, words):
    """Gives both ends of the terminal and the id of the process. While the slave is open, its modes outlive that."""
    master, slave = os.openpty()
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    pid = os.fork()
    if pid == 0:
        os.close(master)
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for fd in (0, 1, 2):
            os.dup2(slave, fd)
        os.execvp(words[0], words)
    return master, slave, pid
