import {isDeepStrictEqual} from 'node:util';
import {suggestedCommand} from '../../core/invocation.ts';
import {isObject} from '../../core/is-object.ts';
import {AppError} from '../../core/errors.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {msg, t} from '../../language/translate.ts';
import {entryOf, isOn} from '../entry.ts';
import type {Format, PrintableKey} from '../format.ts';
import {ownMark} from '../own-mark.ts';
import {partsIn} from '../parts.ts';
import {listOf, memberOf, type Source} from '../source.ts';
import {readToml} from '../text-formats.ts';
import {tomlLines, tomlName, tomlValue, withTable, type TomlMembers} from '../toml-table.ts';

/** Every member that decides which account and exchange a profile is for: one left over would belong to another key. */
function membersOf({told}: PrintableKey): TomlMembers {
	const {apiKey, secretKey, passphrase, demo, okxSite, site, baseUrl} = told();
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
			return parse(text, {maxDepth: 64});
		} catch {
			return undefined;
		}
	};
}

function isHeaderOf(name: string, read: Read): (line: string) => boolean {
	return line => {
		const [, quoted] =
			/^\s*\[\s*profiles\s*\.\s*([\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')\s*\]\s*(?:#[^\n]*)?$/.exec(line) ?? [];
		return quoted !== undefined && listOf(read(`${quoted} = 1`))[0]?.[0] === name;
	};
}

function isMarked(text: string, isHeader: (line: string) => boolean): boolean {
	const lines = text.split('\n');
	const at = lines.findIndex(isHeader);
	return at > 0 && lines[at - 1]!.trim() === ownMark;
}

type Merging = {readonly from: string; readonly isForced: boolean; readonly read: Read};

function mergeOne(text: string, key: PrintableKey, {from, isForced, read}: Merging): string {
	const refuse = (problem: string, fix: string) => new AppError('not-mergeable', {from, problem, fix});
	const before = read(text);
	if (!isObject(before)) throw refuse(t`cannot be read as TOML`, t`Correct it first, or choose another file.`);
	const {name} = key;
	const members = membersOf(key);
	const present = memberOf(before, 'profiles');
	const profile = memberOf(present, name);
	const isHeader = isHeaderOf(name, read);
	if (
		isObject(profile) &&
		!isForced &&
		memberOf(profile, 'api_key') !== members['api_key'] &&
		!isMarked(text, isHeader)
	)
		throw refuse(
			t`has a profile ${sanitize(name)} with another key`,
			t`Rename one of them, or replace it with --force.`,
		);
	const after =
		profile === undefined
			? `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}\n${profileOf(key)}\n`
			: withTable(text, isHeader, members, ownMark);
	const told = Object.entries({...(isObject(profile) && profile), ...members}).filter(
		([, value]) => value !== undefined,
	);
	const profiles = {...(isObject(present) && present), [name]: Object.fromEntries(told)};
	if (isDeepStrictEqual(plain(read(after)), plain({...before, profiles}))) return after;
	throw refuse(
		t`is written in a way that the profile ${sanitize(name)} cannot be put in safely`,
		t`Put it in by hand: ${suggestedCommand('export', name, '--format', 'okx-cli', '--reveal')} prints it.`,
	);
}

/** Objects of the parser have no prototype, and ours have one. */
function plain(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value ?? null));
}

async function merge({text, from}: Source, keys: readonly PrintableKey[], isForced: boolean): Promise<string> {
	if (text.trim() === '') return print(keys);
	const merging = {from, isForced, read: await reader()};
	return keys.reduce((merged, key) => mergeOne(merged, key, merging), text);
}

/** The official command line, its MCP server, and rust-okx. */
export const okxCli: Format = {
	about: msg`an OKX Trade Kit configuration (~/.okx/config.toml)`,
	extension: '.toml',
	isLossy: true,
	looksLike: ({beginning}) => /^\s*\[profiles\.[^\]\n]+\]/m.test(beginning),
	async parse(source) {
		const profiles = listOf(memberOf(await readToml(source), 'profiles'));
		return profiles.map(([name, profile]) =>
			entryOf({
				name,
				members: partsIn(profile),
				isDemo: isOn(memberOf(profile, 'demo')),
				// The tool itself prefers the address.
				site: [memberOf(profile, 'base_url'), memberOf(profile, 'site')],
			}),
		);
	},
	print,
	merge,
};
