// A full screen that waits for keys, and does something once a minute: what no program of Node that does both can be
// below.
process.stdout.write('\u001B[?1049hwaiting');
process.stdin.setRawMode(true).resume();
setInterval(() => {}, 60_000);
