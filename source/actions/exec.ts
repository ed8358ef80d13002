import {AppError} from '../core/errors.ts';
import {asLastSeen, type StoredKey} from '../core/key/key.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {variablesOf, type Flavour, type FlavourValues} from '../formats/flavours.ts';
import {formats, type FormatName} from '../formats/index.ts';
import {t} from '../language/translate.ts';
import type {Context} from './context.ts';
import {keyByName, refuseFrozen} from './keys.ts';
import {addressOf, prefixesFor, valuesOf} from './program-values.ts';

/** How each key is told to a program. */
export type Handover = {
	readonly flavour: Flavour;
	/** The variables that name a file with the key. */
	readonly files: readonly string[];
	/** The variables that name an open descriptor with the same. */
	readonly descriptors: readonly string[];
	/** Whether the same is the program's standard input. */
	readonly isInput: boolean;
	/** Whose form these have. */
	readonly format: FormatName;
	/** What the names of variables begin with, one for each key; without them the names of several keys do. */
	readonly prefixes: readonly string[];
};

/** What a program is given. */
export type ProgramCredentials = {
	/** `undefined` for a variable that is taken away. */
	readonly variables: Readonly<Record<string, string | undefined>>;
	/** The content of the file that a variable names. */
	readonly files: Readonly<Record<string, string>>;
	/** The content of the descriptor that a variable names. */
	readonly descriptors: Readonly<Record<string, string>>;
	readonly input: string | undefined;
};

/**
 * The keys of these names, each once. Throws `no-such-key`, `creation-unfinished`, and `key-frozen` or
 * `key-not-active` for one that no program may have.
 */
export function keysForProgram({vault}: Context, names: readonly string[]): readonly StoredKey[] {
	const content = vault.read();
	const keys = [...new Set(names.map(name => keyByName(content, name)))];
	for (const key of keys) {
		refuseFrozen(key);
		const {name, status} = key;
		if (status !== 'active') throw new AppError('key-not-active', {name: sanitize(name), status: sanitize(status)});
	}

	return keys;
}

/** Whether a key is declared to withdraw, or was last seen to be able to. */
export function canWithdraw(key: StoredKey): boolean {
	return key.permissions.includes('withdraw') || asLastSeen(key).permissions.includes('withdraw');
}

/**
 * Everything that a program is to get of these keys. Throws `usage` where two of them would have the same variables, or
 * a flavour cannot name the site of one.
 */
export async function givenOf(
	context: Context,
	keys: readonly StoredKey[],
	handover: Handover,
): Promise<ProgramCredentials> {
	const {flavour} = handover;
	refuseNamedTwice(handover);
	if (handover.isInput && keys.length > 1)
		throw new AppError('usage', {
			problem: t`Standard input holds one credential, and there are ${keys.length} keys.`,
			hint: t`Use --fd or --file, which give one for each key.`,
		});
	const prefixes = prefixesFor(keys, handover.prefixes);
	const given = await Promise.all(
		keys.map(async (key, index) => {
			const values = valuesOf(key, await addressOf(context, key));
			const prefixed = <Value>(entries: readonly (readonly [string, Value])[]) =>
				entries.map(([name, value]) => [`${prefixes[index]!}${name}`, value] as const);
			const named = (names: readonly string[]) =>
				prefixed(names.map(name => [name, printed(key, values, handover)] as const));
			const variables = Object.entries(variablesOf(flavour, values));
			return {
				// Without its prefix, a variable would tell a program of another account.
				unset: prefixes[index] === '' ? [] : variables.map(([name]) => [name, undefined] as const),
				variables: prefixed(variables),
				files: named(handover.files),
				descriptors: named(handover.descriptors),
				input: handover.isInput ? printed(key, values, handover) : undefined,
			};
		}),
	);
	const all = {
		variables: Object.fromEntries([...given.flatMap(({unset}) => unset), ...given.flatMap(({variables}) => variables)]),
		files: Object.fromEntries(given.flatMap(({files}) => files)),
		descriptors: Object.fromEntries(given.flatMap(({descriptors}) => descriptors)),
		input: given[0]?.input,
	};
	refuseUnfit(all);
	return all;
}

/** The names of its variables, in a file of its own, have no prefix. */
function printed(key: StoredKey, values: FlavourValues, {format}: Handover): string {
	return formats[format].print!([{...key, prefix: '', values: () => values}]);
}

function refuseNamedTwice({flavour, files, descriptors}: Handover): void {
	const names = [...Object.keys(flavour.variables), ...files, ...descriptors];
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice === undefined) return;
	throw new AppError('usage', {
		problem: t`The variable ${twice} would hold two things at once.`,
		hint: t`Give each of --set, --file and --fd a variable of its own.`,
	});
}

/** Bytes of a variable with its name, beyond which Linux starts no program (MAX_ARG_STRLEN). */
const longestVariable = 128 * 1024;

function refuseUnfit({variables}: ProgramCredentials): void {
	for (const [name, value] of Object.entries(variables)) {
		if (value?.includes('\0'))
			throw new AppError('invalid', {
				problem: t`The value for ${name} has a zero character, which no variable can hold.`,
				fix: t`Correct the key with a new one, or use --file, --fd or --stdin.`,
			});
		if (value !== undefined && Buffer.byteLength(`${name}=${value}`) >= longestVariable)
			throw new AppError('invalid', {
				problem: t`The value for ${name} is longer than a variable can be.`,
				fix: t`Use --file, --fd or --stdin.`,
			});
	}
}

/** Every secret of these keys, as texts: for what must not show them. */
export function secretsOf(keys: readonly StoredKey[]): string[] {
	return keys.flatMap(({credential: {apiKey, secretKey, passphrase}}) => [
		apiKey,
		secretKey.reveal(),
		passphrase.reveal(),
	]);
}
