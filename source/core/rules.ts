import ipaddr from 'ipaddr.js';
import {AppError} from './errors.ts';
import {bindingOf} from './health/binding.ts';
import {
	asLastSeen,
	permissions,
	type Environment,
	type KeyStatus,
	type Permission,
	type PermissionWord,
	type TestSummary,
} from './key.ts';
import {orderPermissions} from './permission.ts';
import {foldBlanks, isVisible, normalizeName} from './name.ts';
import {clean, cleanLines, graphemes, isClean, truncate} from './text/text.ts';

/** The exchange's limits: docs/okx-api.md §4 and product.md. */
export const limits = {
	/** Of a key that is made here; product.md. */
	nameLength: 10,
	/** Of a key that exists: the exchange gives it a name of up to 50 characters (docs/okx-api.md §3.1, §4.5). */
	existingNameLength: 50,
	ipAddresses: 20,
	keysPerAccount: 50,
	passphraseLength: {least: 8, most: 32},
	/** Days without use after which an unbound key with trade or withdraw dies (docs/okx-api.md §4.2). */
	idleDays: 14,
	/** Tests that are remembered of each key. */
	history: 30,
	/** Days after which a key is due for rotation where no policy has its own maximum. */
	rotationDays: 90,
	/** How far a request's time may lie from the exchange's (docs/okx-api.md §1.3). */
	clockWindowMs: 30_000,
} as const;

const day = 86_400_000;

/** What is wrong with a text and what to do; undefined when nothing is. */
export type Problem = {readonly problem: string; readonly fix: string};

/**
 * The name of a key that is made here: required, at most 10 characters as a person counts them, nothing invisible;
 * judged as it would be stored. Uniqueness is the vault's to check.
 */
export function nameProblem(name: string): Problem | undefined {
	return anyNameProblem(name, limits.nameLength, 'a new key may have');
}

/**
 * The name of a key that exists, for adding, importing or renaming it: as `nameProblem`, but as long as the exchange
 * allows.
 */
export function existingNameProblem(name: string): Problem | undefined {
	return anyNameProblem(name, limits.existingNameLength, 'the exchange allows');
}

function anyNameProblem(given: string, most: number, rule: string): Problem | undefined {
	const name = normalizeName(given);
	const length = graphemes(name).length;
	if (!isVisible(name))
		return {
			problem: name.trim() === '' ? 'A key needs a name.' : 'A name needs a character that can be seen.',
			fix: `Give it a name of 1 to ${most} characters.`,
		};
	if (/\p{M}{5}/u.test(name))
		return {problem: 'The name has more than four marks on one letter.', fix: 'Write it with fewer.'};
	if (!isClean(name))
		return {
			problem: `The name ${clean(name)} holds an invisible or control character.`,
			fix: 'Type it by hand instead of pasting it.',
		};
	if (name !== name.trim())
		return {problem: `The name “${name}” begins or ends with a space.`, fix: 'Remove the space.'};
	if (length > most)
		return {
			problem: `The name ${truncate(name, most + 10)} has ${length} characters; ${rule} ${most}.`,
			fix: 'Choose a shorter one.',
		};
	return undefined;
}

/** A description may have any length and several lines, but nothing that steers a terminal. */
export function descriptionProblem(description: string): Problem | undefined {
	return cleanLines(description).join('\n') === foldBlanks(description)
		? undefined
		: {
				problem: 'The description holds an invisible or control character.',
				fix: 'Type that part by hand instead of pasting it.',
			};
}

/**
 * One entry of an allow-list: IPv4, IPv6 or CIDR (docs/okx-api.md §4.3). A network that holds every address is no
 * allow-list.
 */
export function ipProblem(entry: string): Problem | undefined {
	const shown = clean(entry);
	const example = 'Use an IPv4 or IPv6 address or a network, such as 203.0.113.7 or 2001:db8::/32.';
	const [address, prefix, ...rest] = entry.split('/');
	const isFour = ipaddr.IPv4.isValidFourPartDecimal(address!);
	if (!isFour && (!ipaddr.IPv6.isValid(address!) || address!.includes('%')))
		return {problem: `${shown} is not an IP address.`, fix: example};
	if (prefix !== undefined) {
		const most = isFour ? 32 : 128;
		if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > most)
			return {problem: `${shown} is not a network: the part after / must be a number from 1 to ${most}.`, fix: example};
		if (Number(prefix) === 0)
			return {
				problem: `${shown} lets every address in, so it protects nothing.`,
				fix: 'Name the addresses of your servers.',
			};
	}

	const parsed = ipaddr.parse(address!);
	if (prefix !== undefined && parsed.range() === 'ipv4Mapped')
		return {problem: `${shown} is a network of IPv4 addresses written as IPv6.`, fix: 'Write it as IPv4.'};
	if (prefix === undefined && parsed.range() === 'unspecified')
		return {problem: `${shown} means any address, so it protects nothing.`, fix: 'Name the addresses of your servers.'};
	return undefined;
}

/** A whole allow-list: at most 20 entries, each right, none twice. */
export function ipListProblem(entries: readonly string[]): Problem | undefined {
	if (entries.length > limits.ipAddresses)
		return {
			problem: `${entries.length} addresses are too many: the exchange allows ${limits.ipAddresses} a key.`,
			fix: 'Join neighbours into networks, such as 203.0.113.0/24.',
		};
	const seen = new Set<string>();
	for (const entry of entries) {
		const problem = ipProblem(entry);
		if (problem) return problem;
		const canonical = canonicalIp(entry);
		if (seen.has(canonical)) return {problem: `${clean(entry)} is in the list twice.`, fix: 'Remove one of them.'};
		seen.add(canonical);
	}

	return undefined;
}

/**
 * The one spelling of an address or network, for comparing: `2001:DB8:0::1` and `2001:db8::1` are the same. Garbage
 * comes back as it is.
 */
export function canonicalIp(entry: string): string {
	const [address, prefix] = entry.split('/');
	if (!ipaddr.isValid(address!)) return entry;
	const parsed = ipaddr.process(address!);
	const most = parsed.kind() === 'ipv4' ? 32 : 128;
	return prefix === undefined || Number(prefix) === most ? parsed.toString() : `${parsed.toString()}/${prefix}`;
}

/** Whether an address is covered by an allow-list; an empty list covers every address. */
export function ipAllowed(address: string, list: readonly string[]): boolean {
	if (list.length === 0) return true;
	if (!ipaddr.isValid(address)) return false;
	const caller = ipaddr.process(address);
	return list.some(entry => {
		const [base, prefix] = entry.split('/');
		if (!ipaddr.isValid(base!)) return false;
		const network = ipaddr.process(base!);
		if (network.kind() !== caller.kind()) return false;
		return caller.match(network, prefix === undefined ? (network.kind() === 'ipv4' ? 32 : 128) : Number(prefix));
	});
}

/**
 * Splits what a person typed or pasted into an allow-list: commas, spaces and new lines, as on the exchange's page
 * (docs/okx-api.md §4.3).
 */
export function splitIps(text: string): string[] {
	return text.split(/[\s,;]+/).filter(entry => entry !== '');
}

/**
 * The exchange's rule for a key's passphrase (docs/okx-api.md §4.4, §1.4): 8–32 printable ASCII characters of four
 * kinds, no space.
 */
export function passphraseProblem(passphrase: string): Problem | undefined {
	const {least, most} = limits.passphraseLength;
	const rule = `Use ${least} to ${most} characters with a digit, an upper-case and a lower-case letter and a special character.`;
	if (!/^[\u{21}-\u{7E}]*$/u.test(passphrase))
		return {
			problem: 'The passphrase has a space or a character outside ASCII, which cannot be sent in a header.',
			fix: rule,
		};
	if (passphrase.length < least || passphrase.length > most)
		return {problem: `The passphrase has ${passphrase.length} characters.`, fix: rule};
	const kinds = [
		[/\d/, 'a digit'],
		[/[A-Z]/, 'an upper-case letter'],
		[/[a-z]/, 'a lower-case letter'],
		[/[^\dA-Za-z]/, 'a special character'],
	] as const;
	const missing = kinds.filter(([kind]) => !kind.test(passphrase)).map(([, words]) => words);
	return missing.length === 0 ? undefined : {problem: `The passphrase lacks ${missing.join(' and ')}.`, fix: rule};
}

/** A sub-account's name on the exchange: 6–20 letters and digits (docs/okx-api.md §2.2). */
export function subAccountProblem(name: string): Problem | undefined {
	return /^[\dA-Za-z]{6,20}$/.test(name)
		? undefined
		: {problem: `${clean(name)} is not the name of a sub-account.`, fix: 'It has 6 to 20 letters and digits.'};
}

/** Tags: each one word of at most 32 characters. */
export function tagsProblem(tags: readonly string[]): Problem | undefined {
	const wrong = tags.find(tag => !isClean(tag) || !/^\S{1,32}$/.test(tag));
	return wrong === undefined
		? undefined
		: {problem: `${clean(wrong)} is not a tag.`, fix: 'A tag is one word of at most 32 characters.'};
}

/** What may be wrong with permissions: read cannot be taken away, and a sub-account never has withdraw (code 59504). */
export function permissionsProblem(wanted: readonly PermissionWord[], kind: 'main' | 'sub'): Problem | undefined {
	if (kind === 'sub' && wanted.includes('withdraw'))
		return {problem: 'A key of a sub-account can never withdraw.', fix: 'Leave withdraw out, or use the main account.'};
	return undefined;
}

/** Reads permissions from a comma list; `read` is always part of it. */
export function parsePermissions(text: string): Permission[] {
	const words = splitIps(text.toLowerCase()).map(word => (word === 'read_only' ? 'read' : word));
	const unknown = words.find(word => !permissions.includes(word as Permission));
	// A permission that the exchange adds one day must not be switched on by a word in an old script.
	if (unknown === 'all')
		throw new AppError('invalid', {
			problem: 'Permissions are named one by one, so that none is switched on unseen.',
			fix: `For every one of them: --perm ${permissions.join(',')}`,
		});
	if (unknown !== undefined)
		throw new AppError('invalid', {
			problem: `${clean(unknown)} is not a permission.`,
			fix: `Use ${permissions.join(', ')}.`,
		});
	return orderPermissions(words as Permission[]);
}

/** Throws the problem, if there is one, as an error of use. */
export function refuse(problem: Problem | undefined): void {
	if (problem) throw new AppError('invalid', problem);
}

type Idle = {
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
	readonly environment: Environment;
	readonly lastUsedAt: number | null;
	readonly createdAt: number;
	readonly lastTest?: Pick<TestSummary, 'live'> | null;
	readonly status?: KeyStatus;
};

/**
 * Whole days until the exchange deletes an idle key that has no IP list, counted from the last use known here; null
 * when the rule does not apply (demo, read-only, bound to an address, each as the exchange last said; out of use). A
 * lower bound: a bot may have used it since (docs/okx-api.md §4.2).
 */
export function idleDaysLeft(key: Idle, now: number): number | null {
	const {permissions, ip} = asLastSeen(key);
	const isOutOfUse = key.status !== undefined && key.status !== 'active';
	const bound = ip.length > 0;
	const readOnly = !permissions.some(permission => permission !== 'read');
	if (isOutOfUse || bound || readOnly || key.environment === 'demo') return null;
	return Math.max(
		0,
		Math.min(limits.idleDays, Math.ceil(((key.lastUsedAt ?? key.createdAt) + limits.idleDays * day - now) / day)),
	);
}

/** As `idleDaysLeft`, for a key that is known to be bound to no address: of all others it is null. */
export function daysLeft(key: Idle & Parameters<typeof bindingOf>[0], now: number): number | null {
	return bindingOf(key) === 'unbound' ? idleDaysLeft(key, now) : null;
}
