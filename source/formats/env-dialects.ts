import {parseEnv} from 'node:util';
import {msg, type Translatable} from '../language/translate.ts';
import {readShellVariables} from './shell-variables.ts';

export type EnvDialect = {
	/** Who reads it. */
	readonly about: Translatable;
	/** Stands before each name. */
	readonly before: string;
	/** The value as it is written; undefined for one that these readers cannot be given. */
	readonly quote: (value: string) => string | undefined;
	/** The variables of a file as these readers read it; undefined if it is not one. */
	readonly parse: (text: string) => Readonly<Record<string, string | undefined>> | undefined;
};

/** Read alike without quotes, also by `docker run --env-file`, which takes quotes for part of the value. */
const bare = /^[\w./:@%+,-]+$/;
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001F\u007F]/;
// oxlint-disable-next-line no-control-regex
const controlButLineEnd = /[\u0000-\u0009\u000B-\u001F\u007F]/;

/**
 * In single quotes, readers differ on a backslash before a quote, another or the end, and python-dotenv expands
 * ${…}.
 */
const doubtful = /\\(?:['\\]|$)|\$\{/;

/** In double quotes where the value has a single one, and none of the characters that are special there. */
function quoteUnless(special: RegExp, value: string): string | undefined {
	if (bare.test(value)) return value;
	if (control.test(value)) return undefined;
	if (!value.includes("'") && !doubtful.test(value)) return `'${value}'`;
	return special.test(value) ? undefined : `"${value}"`;
}

/** npm's dotenv and Node know three quotes, and no escape but \n and \r in double ones. */
function quoteForDotenv(value: string): string | undefined {
	if (bare.test(value)) return value;
	// A backslash would take the closing quote away.
	if (controlButLineEnd.test(value) || value.endsWith('\\')) return undefined;
	const quote = ["'", '`', '"'].find(one => !value.includes(one));
	return quote === undefined || (quote === '"' && /\\[nr]/.test(value)) ? undefined : `${quote}${value}${quote}`;
}

function quoteForSystemd(value: string): string | undefined {
	if (bare.test(value)) return value;
	return control.test(value) ? undefined : `"${value.replaceAll(/["$\\`]/g, String.raw`\$&`)}"`;
}

/** How a line `NAME=value` is read, by those who read it. A new one is a record here. */
export const dialects = {
	common: {
		about: msg`all of these but fish`,
		before: '',
		quote: value => quoteUnless(/["$\\`]/, value),
		parse: parseEnv,
	},
	sh: {
		about: msg`sh, bash, zsh and fish, by . FILE`,
		before: 'export ',
		// fish takes a backslash in single quotes for an escape, so that it stands outside.
		quote: value => (value.includes('\0') ? undefined : `'${value.replaceAll(/['\\]/g, String.raw`'\$&'`)}'`),
		parse: readShellVariables,
	},
	dotenv: {
		about: msg`dotenv for Node, and node --env-file`,
		before: '',
		quote: quoteForDotenv,
		parse: parseEnv,
	},
	compose: {
		about: msg`docker compose, by env_file: and as its .env`,
		before: '',
		// Some versions of compose keep the backslash of \' in single quotes, against their documentation.
		quote: value => quoteUnless(/["$\\]/, value),
		parse: parseEnv,
	},
	systemd: {
		about: msg`systemd, by EnvironmentFile=`,
		before: '',
		quote: quoteForSystemd,
		parse: readShellVariables,
	},
} as const satisfies Readonly<Record<string, EnvDialect>>;

export type DialectName = keyof typeof dialects;
export const dialectNames = Object.keys(dialects) as DialectName[];
