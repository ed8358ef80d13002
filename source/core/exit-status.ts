/** Never renumber these: scripts depend on them. */
export const exits = {
	ok: {status: 0, means: 'done'},
	unexpected: {status: 1, means: 'unexpected error'},
	usage: {
		status: 2,
		means: 'usage error',
		covers:
			'the command cannot be carried out as given: it is mistyped, or in conflict with what is there, ' +
			'such as a name, a file or a port that is taken',
	},
	aborted: {status: 3, means: 'cancelled'},
	noTerminal: {status: 4, means: 'a terminal is needed'},
	noSuchKey: {status: 10, means: 'no such key'},
	locked: {status: 11, means: 'locked, or wrong passphrase'},
	damaged: {status: 12, means: 'vault damaged'},
	busy: {status: 13, means: 'vault busy'},
	newer: {status: 14, means: 'vault newer than the program'},
	missing: {status: 15, means: 'vault missing'},
	authentication: {status: 20, means: 'authentication failed'},
	keyMissing: {status: 21, means: 'key missing or expired'},
	ipNotAllowed: {status: 22, means: 'IP not allowed'},
	clockSkew: {status: 23, means: 'clock skew'},
	wrongSite: {status: 24, means: 'wrong site or environment'},
	permissionMissing: {status: 25, means: 'permission missing'},
	frozen: {status: 26, means: 'account frozen'},
	network: {status: 30, means: 'network or TLS'},
	exchangeDown: {status: 31, means: 'exchange down'},
	rateLimited: {status: 32, means: 'rate limited'},
	drift: {status: 40, means: 'drift'},
	policy: {status: 41, means: 'policy violated'},
	expiring: {status: 42, means: 'expiring soon'},
	notExecutable: {status: 126, means: 'the program of exec cannot be run'},
	noProgram: {status: 127, means: 'exec finds no such program'},
} as const satisfies Record<string, {readonly status: number; readonly means: string; readonly covers?: string}>;

export type Exit = keyof typeof exits;

export function exitOfStatus(status: number): Exit {
	return (Object.keys(exits) as Exit[]).find(exit => exits[exit].status === status) ?? 'unexpected';
}

/** The smallest status that is not 0: key errors take precedence over network errors, and those over drift. */
export function worstExit(statuses: readonly number[]): Exit {
	const wrong = statuses.filter(status => status !== exits.ok.status);
	return wrong.length === 0 ? 'ok' : exitOfStatus(Math.min(...wrong));
}
