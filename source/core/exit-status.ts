import {msg, type Translatable} from '../language/translate.ts';

/** Never renumber these: scripts depend on them. */
export const exits = {
	ok: {status: 0, means: msg`done`},
	unexpected: {status: 1, means: msg`unexpected error`},
	usage: {
		status: 2,
		means: msg`usage error`,
		covers: msg`the command cannot be carried out as given: it is mistyped, or in conflict with what is there, such as
			a name, a file or a port that is taken`,
	},
	aborted: {status: 3, means: msg`cancelled`},
	noTerminal: {
		status: 4,
		means: msg`a terminal is needed`,
		covers: msg`for the full screen, a clipboard, or a question that no option answers`,
	},
	noSuchKey: {status: 10, means: msg`no such key`},
	locked: {
		status: 11,
		means: msg`locked, or wrong passphrase`,
		covers: msg`also where there is no terminal to ask for the passphrase`,
	},
	damaged: {status: 12, means: msg`vault damaged`},
	busy: {status: 13, means: msg`vault busy`},
	newer: {status: 14, means: msg`vault newer than the program`},
	missing: {status: 15, means: msg`vault missing`},
	authentication: {status: 20, means: msg`authentication failed`},
	keyMissing: {status: 21, means: msg`key missing or expired`},
	ipNotAllowed: {status: 22, means: msg`IP not allowed`},
	clockSkew: {status: 23, means: msg`clock skew`},
	wrongSite: {status: 24, means: msg`wrong site or environment`},
	permissionMissing: {status: 25, means: msg`permission missing`},
	frozen: {
		status: 26,
		means: msg`account or key frozen`,
		covers: msg`the exchange has frozen the account, or the key is frozen here`,
	},
	network: {status: 30, means: msg`network or TLS`},
	exchangeDown: {status: 31, means: msg`exchange down`},
	rateLimited: {status: 32, means: msg`rate limited`},
	drift: {status: 40, means: msg`drift`},
	policy: {
		status: 41,
		means: msg`policy violated`,
		covers: msg`a key breaks the policy of check, or scan found a secret key or a passphrase in plain text; an API key
			alone is reported with status 0`,
	},
	expiring: {status: 42, means: msg`expired or expiring soon`},
	unfinished: {
		status: 43,
		means: msg`work not finished`,
		covers: msg`a rotation has begun and not ended; rotate with --continue or --abort ends it`,
	},
	notExecutable: {status: 126, means: msg`the program of exec cannot be run`},
	noProgram: {status: 127, means: msg`exec finds no such program`},
} as const satisfies Record<
	string,
	{readonly status: number; readonly means: Translatable; readonly covers?: Translatable}
>;

export type Exit = keyof typeof exits;

export function exitOfStatus(status: number): Exit {
	return (Object.keys(exits) as Exit[]).find(exit => exits[exit].status === status) ?? 'unexpected';
}

/** The smallest status that is not 0: key errors take precedence over network errors, and those over drift. */
export function worstExit(statuses: readonly number[]): Exit {
	const wrong = statuses.filter(status => status !== exits.ok.status);
	return wrong.length === 0 ? 'ok' : exitOfStatus(Math.min(...wrong));
}
