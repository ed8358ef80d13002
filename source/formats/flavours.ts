import {AppError} from '../core/errors.ts';
import {didYouMean, similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import {msg, t, type Translatable} from '../language/translate.ts';

/**
 * What a program can be told of a key, by the word in braces that stands for it. `demo` is true or false, `flag` 1 for
 * demo and 0 for live, `okxSite` the word of OKX's own programs; `ccxtId` and `CCXT` are undefined for a site that ccxt
 * has no id for.
 */
export const placeholders = [
	'apiKey',
	'secretKey',
	'passphrase',
	'name',
	'environment',
	'demo',
	'flag',
	'site',
	'okxSite',
	'baseUrl',
	'ccxtId',
	'CCXT',
] as const;
export type Placeholder = (typeof placeholders)[number];
export type FlavourValues = Readonly<Record<Placeholder, string | undefined>>;

/** What one kind of program reads its credentials from. */
export type Flavour = {
	/** Which programs it is for. */
	readonly about: Translatable;
	/** The variables that are set, with what to; names and texts may hold placeholders. */
	readonly variables: Readonly<Record<string, string>>;
	/** Variables that are taken away unless they are set: an empty one is not the same as none. */
	readonly unset?: readonly string[];
};

/** Site and environment in the words of OKX's own programs. */
const where = {OKX_SITE: '{okxSite}', OKX_API_BASE_URL: '{baseUrl}', OKX_DEMO: '{demo}'} as const;

/** What ccxt calls the sites, in capitals. */
export const ccxtIds = ['OKX', 'MYOKX', 'OKXUS'] as const;

/** Every kind of program. A new one is a record here. */
export const flavours = {
	common: {
		about: msg`every name that bots read: those of OKX’s programs, of python-okx and of its kin`,
		variables: {
			OKX_API_KEY: '{apiKey}',
			OKX_SECRET_KEY: '{secretKey}',
			OKX_API_SECRET: '{secretKey}',
			OKX_SECRET: '{secretKey}',
			OKX_PASSPHRASE: '{passphrase}',
			OKX_API_PASSPHRASE: '{passphrase}',
			OKX_PASSWORD: '{passphrase}',
			OKX_FLAG: '{flag}',
			...where,
		},
	},
	'okx-cli': {
		about: msg`okx and okx-trade-mcp, the programs of OKX`,
		variables: {
			OKX_API_KEY: '{apiKey}',
			OKX_SECRET_KEY: '{secretKey}',
			OKX_PASSPHRASE: '{passphrase}',
			...where,
		},
	},
	'python-okx': {
		about: msg`what the examples of python-okx read`,
		variables: {
			OKX_API_KEY: '{apiKey}',
			OKX_API_SECRET: '{secretKey}',
			OKX_PASSPHRASE: '{passphrase}',
			OKX_FLAG: '{flag}',
			...where,
		},
	},
	'okx-api': {
		about: msg`what the examples of okx-api for Node read`,
		variables: {
			API_KEY_COM: '{apiKey}',
			API_SECRET_COM: '{secretKey}',
			API_PASSPHRASE_COM: '{passphrase}',
			API_PASS_COM: '{passphrase}',
			...where,
		},
	},
	freqtrade: {
		about: msg`freqtrade`,
		variables: {
			FREQTRADE__EXCHANGE__NAME: '{ccxtId}',
			FREQTRADE__EXCHANGE__KEY: '{apiKey}',
			FREQTRADE__EXCHANGE__SECRET: '{secretKey}',
			FREQTRADE__EXCHANGE__PASSWORD: '{passphrase}',
			FREQTRADE__EXCHANGE__CCXT_CONFIG__SANDBOX: '{demo}',
		},
	},
	nautilus: {
		about: msg`nautilus_trader, and Go programs with the same names`,
		variables: {
			OKX_API_KEY: '{apiKey}',
			OKX_API_SECRET: '{secretKey}',
			OKX_API_PASSPHRASE: '{passphrase}',
			OKX_PASSPHRASE: '{passphrase}',
			...where,
		},
	},
	'ccxt-cli': {
		about: msg`the command line of ccxt; the library reads no variables: use --file for it`,
		variables: {
			'{CCXT}_APIKEY': '{apiKey}',
			'{CCXT}_SECRET': '{secretKey}',
			'{CCXT}_PASSWORD': '{passphrase}',
			...where,
		},
		unset: ccxtIds.flatMap(id => [`${id}_APIKEY`, `${id}_SECRET`, `${id}_PASSWORD`]),
	},
	custom: {about: msg`only what --set names`, variables: {}},
} as const satisfies Readonly<Record<string, Flavour>>;

export type FlavourName = keyof typeof flavours;
export const flavourNames = Object.keys(flavours) as FlavourName[];

/** The flavour of this name. Throws `usage`, with the names that may have been meant. */
export function flavourNamed(name: string): FlavourName {
	if (Object.hasOwn(flavours, name)) return name as FlavourName;
	throw new AppError('usage', {
		problem: t`${truncate(sanitize(name), 60)} is not a flavour.`,
		hint: t`${didYouMean(similar(name, flavourNames)) ?? ''} There are ${flavourNames.join(', ')}.`.trimStart(),
	});
}

/** A name that every shell and program takes for a variable. */
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The name of a variable, as it is. Throws `usage`. */
export function variableNamed(name: string, option: string): string {
	if (variableName.test(name)) return name;
	throw new AppError('usage', {
		problem: t`${option} takes the name of a variable, and ${truncate(sanitize(name), 60) || t`an empty one`} is not
			one.`,
		hint: t`Use letters, digits and _, and begin with a letter.`,
	});
}

/** What `--set NAME=TEXT` adds to a flavour. Throws `usage`, and repeats no text: it may be a secret. */
export function variableSet(given: string): readonly [name: string, text: string] {
	const [name = '', text] = given.split(/=(.*)/s, 2);
	if (text === undefined)
		throw new AppError('usage', {
			problem: t`--set takes NAME=TEXT, and there is no = in it.`,
			hint: t`For example --set BOT_KEY={apiKey}.`,
		});
	variableNamed(name, '--set');
	for (const [, word = ''] of text.matchAll(/\{([A-Za-z]+)\}/g)) {
		if ((placeholders as readonly string[]).includes(word)) continue;
		throw new AppError('usage', {
			problem: t`--set ${name} has {${truncate(word, 60)}}, which stands for nothing.`,
			hint: [
				didYouMean(similar(word, placeholders)) ?? '',
				t`There are ${placeholders.map(one => `{${one}}`).join(', ')}.`,
			]
				.join(' ')
				.trimStart(),
		});
	}

	return [name, text];
}

/**
 * The environment for a program: `undefined` for a variable that is taken away. Throws `usage` where a flavour has no
 * word for the site of a key.
 */
export function variablesOf(
	{variables, unset = []}: Flavour,
	values: FlavourValues,
): Readonly<Record<string, string | undefined>> {
	const fill = (text: string) =>
		text.replaceAll(/\{([A-Za-z]+)\}/g, (_, word: Placeholder) => {
			const value = values[word];
			if (value !== undefined) return value;
			throw new AppError('usage', {
				problem: t`ccxt has no id for the site of ${sanitize(values.name ?? '')}, ${sanitize(values.site ?? '')}.`,
				hint: t`Use --file, which names the address too, or another --flavour.`,
			});
		});
	return Object.fromEntries([
		...unset.map(name => [name, undefined] as const),
		...Object.entries(variables).map(([name, text]) => [fill(name), fill(text)] as const),
	]);
}
