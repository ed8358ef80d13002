import {msg, type Translatable} from '../language/translate.ts';

export type EnvDialect = {
	/** Who reads it. */
	readonly about: Translatable;
	/** Stands before each name. */
	readonly before: string;
	/** The value as it is written; undefined for one that these readers cannot be given. */
	readonly quote: (value: string) => string | undefined;
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

function quoteForAll(value: string): string | undefined {
	if (bare.test(value)) return value;
	if (control.test(value)) return undefined;
	if (!value.includes("'") && !doubtful.test(value)) return `'${value}'`;
	return /["$\\`]/.test(value) ? undefined : `"${value}"`;
}

/** npm's dotenv and Node know three quotes, and no escape but \n and \r in double ones. */
function quoteForDotenv(value: string): string | undefined {
	if (bare.test(value)) return value;
	// A backslash would take the closing quote away.
	if (controlButLineEnd.test(value) || value.endsWith('\\')) return undefined;
	const quote = ["'", '`', '"'].find(one => !value.includes(one));
	return quote === undefined || (quote === '"' && /\\[nr]/.test(value)) ? undefined : `${quote}${value}${quote}`;
}

function quoteForCompose(value: string): string | undefined {
	if (bare.test(value)) return value;
	if (control.test(value) || doubtful.test(value)) return undefined;
	return `'${value.replaceAll("'", String.raw`\'`)}'`;
}

function quoteForSystemd(value: string): string | undefined {
	if (bare.test(value)) return value;
	return control.test(value) ? undefined : `"${value.replaceAll(/["$\\`]/g, String.raw`\$&`)}"`;
}

/** How a line `NAME=value` is read, by those who read it. A new one is a record here. */
export const dialects = {
	common: {about: msg`all of them`, before: '', quote: quoteForAll},
	sh: {
		about: msg`shells, by . FILE`,
		before: 'export ',
		quote: value => (value.includes('\0') ? undefined : `'${value.replaceAll("'", String.raw`'\''`)}'`),
	},
	dotenv: {about: msg`dotenv for Node, and node --env-file`, before: '', quote: quoteForDotenv},
	compose: {about: msg`docker compose, by env_file: and as its .env`, before: '', quote: quoteForCompose},
	systemd: {about: msg`systemd, by EnvironmentFile=`, before: '', quote: quoteForSystemd},
} as const satisfies Readonly<Record<string, EnvDialect>>;

export type DialectName = keyof typeof dialects;
export const dialectNames = Object.keys(dialects) as DialectName[];
