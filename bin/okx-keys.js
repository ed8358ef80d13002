#!/bin/sh
':' //; [ -z "$NODE_USE_ENV_PROXY" ] || export OKX_KEYS_NODE_USE_ENV_PROXY="$NODE_USE_ENV_PROXY"
':' //; unset NODE_USE_ENV_PROXY
':' //; OKX_KEYS_0=; case " $* " in *" exec "*) [ ! -r "/proc/$$/limits" ] || OKX_KEYS_0="/proc/$$/status /proc/$$/limits";; esac
':' //; for OKX_KEYS_1 in $OKX_KEYS_0; do while read -r OKX_KEYS_2 OKX_KEYS_3 OKX_KEYS_4 OKX_KEYS_5 OKX_KEYS_6; do
':' //; [ "$OKX_KEYS_2" != SigIgn: ] || export OKX_KEYS_IGNORED="$OKX_KEYS_3"
':' //; [ "$OKX_KEYS_2 $OKX_KEYS_4" != "Max files" ] || export OKX_KEYS_OPEN_FILES="$OKX_KEYS_5"
':' //; done <"$OKX_KEYS_1"; done
':' //; case "$NODE_OPTIONS" in *use[-_]env[-_]proxy*) exec node --no-use-env-proxy "$0" "$@";; esac
':' //; exec node "$0" "$@"
// To a shell this is a script that ends here, to Node the lines above are texts. Where Node is told to use the proxies of the
// environment, one that it cannot read ends it before its first line of ours, with the proxy's password on the screen.
// And Node forgets which signals it was told to ignore, as by nohup, and raises the limit of open files: a program that exec puts in its
// place is to have both as they were.

// No new syntax and no import before the check: an old Node must be able to read this far.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 7)) {
	const sentence = `okx-keys needs Node.js 24.7 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org, or the Debian package or executable of okx-keys, which contain one.`;
	// A monitoring program reads standard output, and takes our 1 for a warning.
	const isPlugin = process.argv.includes('check') && process.argv.includes('--nagios');
	if (isPlugin) process.stdout.write(`OKX KEYS UNKNOWN - ${sentence}\n`);
	else process.stderr.write(`${sentence}\n`);
	process.exitCode = isPlugin ? 3 : 1;
} else {
	// As in scripts/executable/guards.js; here, another file would take a start longer.
	// The programs that this one runs are to have it as it was.
	if (process.env.OKX_KEYS_NODE_USE_ENV_PROXY) process.env.NODE_USE_ENV_PROXY = process.env.OKX_KEYS_NODE_USE_ENV_PROXY;
	delete process.env.OKX_KEYS_NODE_USE_ENV_PROXY;
	// Without a listener, any process of this user could open Node's debugger on a port that every local user reaches. (Where one was
	// quicker than this line, harden() refuses to go on.)
	process.on('SIGUSR1', () => {});
	// The sandbox promises to leave no file behind. (A shell that completes a name is not the sandbox, and waits for it.)
	if (process.argv.includes('__complete') || !process.argv.some(word => word === 'sandbox' || word === '--sandbox')) keepCompiled();
	await import('../dist/okx-keys.js');
}

// What V8 has compiled is kept for the next start, which is then a third quicker; no more than code is in it. Only in a folder that nobody
// else can write to, for whoever can would have his own code run in here: Node's usual place for it, below /tmp, is not that. A home that
// does not exist is not made.
function keepCompiled() {
	const fs = process.getBuiltinModule('node:fs');
	const {XDG_CACHE_HOME, HOME} = process.env;
	const base = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : HOME?.startsWith('/') ? `${HOME}/.cache` : undefined;
	if (base === undefined || process.getuid === undefined) return;
	const folder = `${base}/okx-keys`;
	try {
		// One by one: mkdir with `recursive` never comes back from a folder below /proc.
		for (const one of [base, folder]) if (!fs.existsSync(one)) fs.mkdirSync(one, 0o700);
		const {uid, mode} = fs.lstatSync(folder);
		if (uid === process.getuid() && (mode & 0o170077) === 0o040000) process.getBuiltinModule('node:module').enableCompileCache(folder);
	} catch {
		// Then it starts as it did the first time.
	}
}
