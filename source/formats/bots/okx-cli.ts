import {isDeepStrictEqual} from 'node:util';
import {suggestedCommand} from '../../core/invocation.ts';
import {isObject} from '../../core/is-object.ts';
import {AppError} from '../../core/errors.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {msg, t} from '../../language/translate.ts';
import {entryOf, isOn, shownName} from '../entry.ts';
import type {Format, PrintableKey} from '../format.ts';
import {ownMark} from '../own-mark.ts';
import {partsIn} from '../parts.ts';
import {listOf, memberOf, type Source} from '../source.ts';
import {readToml} from '../text-formats.ts';
import {tomlLines, tomlName, tomlValue, withTables, type TomlMembers} from '../toml-table.ts';

/** Every member that decides which account and exchange a profile is for: one left over would belong to another key. */
function membersOf({values}: PrintableKey): TomlMembers {
	const {apiKey, secretKey, passphrase, demo, okxSite, site, baseUrl} = values();
	return {
		api_key: apiKey!,
		secret_key: secretKey!,
		passphrase: passphrase!,
		// Without it, the list of these programs says demo where they trade live.
		demo: demo === 'true',
		site: okxSite!,
		base_url: okxSite === site ? undefined : baseUrl!,
	};
}

function profileOf(key: PrintableKey): string {
	return [ownMark, `[profiles.${tomlName(key.name)}]`, ...tomlLines(membersOf(key))].join('\n');
}

function print(keys: readonly PrintableKey[]): string {
	const chosen = keys.slice(0, 1).map(({name}) => `default_profile = ${tomlValue(name)}`);
	return `${[...chosen, ...keys.map(key => profileOf(key))].join('\n\n')}\n`;
}

/** Undefined for what is no TOML. */
type Read = (text: string) => unknown;

async function reader(): Promise<Read> {
	const {parse} = await import('smol-toml');
	return text => {
		try {
			return parse(text, {maxDepth: 64, integersAsBigInt: 'asNeeded'});
		} catch {
			return undefined;
		}
	};
}

type Header = {readonly name: string; readonly isMarked: boolean};

/** The headers of profiles by their lines, the first of each line. A line within a text may look like one. */
function headersIn(text: string, read: Read): ReadonlyMap<string, Header> {
	const headers = new Map<string, Header>();
	let before = '';
	for (const line of text.split('\n')) {
		const [, quoted] =
			/^\s*\[\s*profiles\s*\.\s*([\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')\s*\]\s*(?:#[^\n]*)?$/.exec(line) ?? [];
		const name = quoted === undefined ? undefined : listOf(read(`${quoted} = 1`))[0]?.[0];
		if (name !== undefined && !headers.has(line)) headers.set(line, {name, isMarked: before.trim() === ownMark});
		before = line;
	}

	return headers;
}

async function merge({text, from}: Source, keys: readonly PrintableKey[], isForced: boolean): Promise<string> {
	if (text.trim() === '') return print(keys);
	const refuse = (problem: string, fix: string) => new AppError('not-mergeable', {from, problem, fix});
	const read = await reader();
	const before = read(text);
	if (!isObject(before)) throw refuse(t`cannot be read as TOML`, t`Correct it first, or choose another file.`);
	const present = memberOf(before, 'profiles');
	const headers = headersIn(text, read);
	const marked = new Set([...headers.values()].filter(({isMarked}) => isMarked).map(({name}) => name));
	const wanted = new Map(keys.map(key => [key.name, membersOf(key)] as const));
	for (const [name, members] of wanted) {
		const profile = memberOf(present, name);
		if (isObject(profile) && !isForced && memberOf(profile, 'api_key') !== members['api_key'] && !marked.has(name))
			throw refuse(
				t`has a profile ${sanitize(name)} with another key`,
				t`Rename one of them, or replace it with --force.`,
			);
	}

	const added = keys.filter(({name}) => memberOf(present, name) === undefined).map(key => `\n${profileOf(key)}\n`);
	const changed = withTables(text, line => wanted.get(headers.get(line)?.name ?? ''), ownMark);
	const after = [changed, ...(added.length > 0 && !text.endsWith('\n') ? ['\n'] : []), ...added].join('');
	const put = [...wanted].map(
		([name, members]) => [name, {...Object.fromEntries(listOf(memberOf(present, name))), ...members}] as const,
	);
	const expected = plain({...before, profiles: Object.fromEntries([...listOf(present), ...put])});
	const result = plain(read(after));
	if (isDeepStrictEqual(result, expected)) return after;
	const isPut = (name: string) => isDeepStrictEqual(profileIn(result, name), profileIn(expected, name));
	const {name} = keys.find(({name}) => !isPut(name)) ?? keys[0]!;
	throw refuse(
		t`is written in a way that the profile ${sanitize(name)} cannot be put in safely`,
		t`Put it in by hand: ${suggestedCommand('export', name, '--format', 'okx-cli', '--reveal')} prints it.`,
	);
}

function profileIn(file: unknown, name: string): unknown {
	return memberOf(memberOf(file, 'profiles'), name);
}

/** For comparing: without prototypes, and without members that have no value. */
function plain(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value ?? null, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)));
}

/** The official command line, its MCP server, and rust-okx. */
export const okxCli: Format = {
	about: msg`an OKX Trade Kit configuration (~/.okx/config.toml)`,
	extension: '.toml',
	isLossy: true,
	looksLike: ({beginning}) => /^[ \t]*(\[[ \t]*profiles[ \t]*[.\]]|profiles[ \t]*[.=])/m.test(beginning),
	async parse(source) {
		const profiles = listOf(memberOf(await readToml(source), 'profiles'));
		return profiles.map(([name, profile]) => {
			const members = partsIn(profile);
			// One that signs in by OAuth has no key.
			if (members.length === 0)
				return {name: shownName(name), problem: {problem: t`It holds no API key.`, fix: ''}, isElsewhere: true};
			return entryOf({
				name,
				members,
				isDemo: isOn(memberOf(profile, 'demo')),
				// The tool itself prefers the address.
				site: [memberOf(profile, 'base_url'), memberOf(profile, 'site')],
			});
		});
	},
	print,
	merge,
};
