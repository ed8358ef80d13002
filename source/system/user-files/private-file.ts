import fs, {type BigIntStats} from 'node:fs';
import {AppError, type FailureCode} from '../../core/errors.ts';
import {decodeText} from '../../core/text/reading/decode.ts';
import {suggestedCommand} from '../../core/invocation.ts';
import {codeOf, reasonOf} from '../../core/system-error.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shellQuotePath} from '../../core/text/shell.ts';
import {readBounded} from '../../files/read.ts';
import {isOnReadOnlyMount} from './read-only.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

/** More than any passphrase or key file, less than a file named by mistake; bytes. */
export const mostPrivate = 64 * 1024;

type Remedies = {
	readonly what: Translatable;
	readonly wrong: Translatable;
	/** After “and”. */
	readonly exposed: Translatable;
	/** After “or”; the path is one word of a shell. */
	readonly otherWay: (path: string) => string;
};

const remedies = {
	'passphrase-file': {
		what: msg`passphrase file`,
		wrong: msg`Name a plain file that holds one passphrase, or use --passphrase-fd.`,
		exposed: msg`think of a new passphrase`,
		otherWay: path => t`hand it over as --passphrase-fd 3 3<${path}`,
	},
	'key-file': {
		what: msg`key file`,
		wrong: msg`Name the file that add-slot key-file made.`,
		exposed: msg`make another with add-slot key-file, and remove the slot of this one`,
		otherWay: path => t`name a copy of your own, made with install -m 600 ${path} FILE`,
	},
	'age-identity': {
		what: msg`identity file`,
		wrong: msg`Name the file that age-keygen made.`,
		exposed: msg`make another with age-keygen; what was encrypted for this one may have been read`,
		otherWay: path => t`decrypt with age itself: age -d -i ${path} … | ${suggestedCommand('import')}`,
	},
} as const satisfies Partial<Record<FailureCode, Remedies>>;

/**
 * Reads a file that belongs to this user or root and that no other user can read; checked on the open file, so that
 * it cannot be swapped in between. Never waits for a FIFO; throws `code`, or `no-such-file`.
 */
export function readPrivateFile(path: string, uid: number, code: keyof typeof remedies): string {
	const {wrong, exposed, otherWay} = remedies[code];
	const refuse = (problem: string, fix: string = wrong(), cause?: unknown) =>
		new AppError(code, {path: sanitize(path), problem, fix}, {cause});
	let bytes: Buffer | undefined;
	try {
		({bytes} = readBounded(path, {
			most: mostPrivate,
			isLinkFollowed: true,
			judge(stats, descriptor) {
				if (!stats.isFile()) throw refuse(t`is not a file`);
				if (stats.uid !== BigInt(uid) && stats.uid !== 0n)
					throw refuse(t`belongs to another user`, t`Use a file of your own, or ${otherWay(shellQuotePath(path))}.`);
				if ((stats.mode & 0o077n) === 0n || isCredential(stats, uid)) return;
				const isMounted = isOnReadOnlyMount(descriptor);
				if (isMounted && isOfPod(stats, uid)) return;
				if (!isMounted && (stats.uid === BigInt(uid) || uid === 0))
					throw refuse(t`can be read by others`, t`Close ${closing(path)}, and ${exposed()}.`);
				const whose = isMounted ? t`It is mounted read-only, so chmod cannot help` : t`Only root can change its mode`;
				const modes = t`Docker compose: mode: 0400 and uid: "${uid}"; Kubernetes: defaultMode: 0400, with an
						fsGroup for a user other than root`;
				throw refuse(
					t`can be read by others`,
					t`${whose}. Mount the secret of a container with mode 0400 (${modes}), or ${otherWay(shellQuotePath(path))}.`,
				);
			},
		}));
		if (bytes === undefined) throw refuse(t`is too long`);
		const {text, problem} = decodeText(bytes);
		if (problem !== undefined) throw refuse(problem);
		return text;
	} catch (error) {
		if (error instanceof AppError) throw error;
		if (codeOf(error) === 'ENOENT')
			throw new AppError('no-such-file', {path: sanitize(path), what: remedies[code].what()}, {cause: error});
		throw refuse(t`cannot be read (${reasonOf(error)})`, t`Name a file that you can read.`, error);
	} finally {
		bytes?.fill(0);
	}
}

/** Follows “Close”: /dev/stdin and the like are another file in the shell that will run the command. */
function closing(path: string): string {
	const itself = t`the file itself with chmod 600`;
	let actual: string;
	try {
		actual = fs.realpathSync(path);
	} catch {
		return itself;
	}

	return /^\/(?:dev|proc)\/(?!shm\/)/.test(actual) ? itself : t`it with chmod 600 ${shellQuotePath(actual)}`;
}

/**
 * systemd, since 254, opens the credentials of a service with a user to it by an access list
 * (systemd/systemd#29435). The list then shows as the rights of root's group, 0440.
 */
function isCredential({uid: owner, gid, mode}: BigIntStats, uid: number): boolean {
	return owner === 0n && gid === 0n && uid !== 0 && (mode & 0o777n) === 0o440n;
}

/** What Kubernetes makes of mode 0400 under `fsGroup`: root's file for the group of the pod, which is in no other. */
function isOfPod({uid: owner, gid, mode}: BigIntStats, uid: number): boolean {
	return owner === 0n && uid !== 0 && (mode & 0o777n) === 0o440n && process.getgroups!().includes(Number(gid));
}
