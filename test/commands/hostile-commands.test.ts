import {CommanderError} from 'commander';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {commands} from '../../source/commands/index.ts';
import {isAppError} from '../../source/core/errors.ts';
import {Secret} from '../../source/core/secret.ts';
import {usageError} from '../../source/parser/usage-errors.ts';
import {commandLine} from '../helpers/command-line.ts';
import {hostileTexts} from '../helpers/hostile.ts';
import {hostileExchange, hostileKeys} from '../helpers/hostile-keys.ts';
import {printing} from '../helpers/printing.ts';
import {settingsAt} from '../helpers/settings.ts';
import {foreignText} from '../helpers/terminal-bytes.ts';
import {world, type World} from '../helpers/world.ts';

/** Words after a command's name, for each text: its key, a name that there is not, and a file that there is not. */
type Words = (text: string) => ReadonlyArray<readonly string[]>;

const ofKey: Words = text => [[text]];
const ofFile: Words = text => [[`/missing/${text}`]];
const excess: Words = text => [[text]];

/**
 * What is typed after each command; after another, a file that there is not. All of them refuse, ask a terminal that is
 * not there, or only print.
 */
const lines: Readonly<Record<string, Words>> = {
	init: excess,
	sandbox: text => [[text], ['--port', text]],
	create: text => [[text], ['new', '--sub-account', text], ['new', '--perm', text], ['new', '--ip', text]],
	add: text => [[text], ['new', '--site', text], ['new', '--env', text]],
	list: text => [[text], ['--sort', text], ['--filter', text]],
	show: text => [[text], [`no ${text}`]],
	edit: text => [
		[text, '--name', `${text}x`],
		[text, '--description', text],
		[text, '--tag', text],
		[text, '--ip', text],
		[text, '--perm', text],
		[text, '--expires', text],
	],
	rotate: text => [[text], [text, '--continue'], [`no ${text}`, '--abort']],
	freeze: text => [[`no ${text}`]],
	thaw: ofKey,
	revoke: ofKey,
	incident: text => [[text], ['new', '--since', text]],
	remove: ofKey,
	'restore-key': ofKey,
	undo: excess,
	adopt: text => [
		[text],
		['--using', text],
		['--import', text],
		['--delete', text],
		['--accept', text, '--note', text],
	],
	test: text => [[text], [`no ${text}`]],
	check: text => [[text], ['--policy', `/missing/${text}`]],
	scan: ofFile,
	doctor: excess,
	exec: text => [[text], [text, '--flavour', text, '--', 'true'], [`no ${text}`, '--', text]],
	copy: text => [[text, text], [`no ${text}`]],
	profiles: text => [[text]],
	export: text => [
		[text, '--format', text],
		[text, '--age-recipient', text],
		[text, '--reveal', '--format', 'env', '--output', `/missing/${text}`],
	],
	import: ofFile,
	passwd: excess,
	rekey: excess,
	slots: excess,
	'add-slot': text => [[text], ['key-file', '--file', `/missing/${text}`], ['key-file', '--label', text]],
	'remove-slot': ofKey,
	backup: ofFile,
	restore: ofFile,
	verify: text => [[`/missing/${text}`]],
	agent: excess,
	settings: text => [[text], ['lock-time', text], ['language', text]],
	completion: excess,
	man: excess,
};

/** All that a person would see of a command, and of the error that ends it. */
async function printedBy(
	{context, recoveryKey}: Pick<World, 'context' | 'recoveryKey'>,
	name: string,
	...words: readonly string[]
): Promise<string> {
	const told: string[] = [];
	const {io, printed} = printing({
		columns: 80,
		progress: line => void told.push(line),
		givenPassphrase: async () => new Secret(recoveryKey!.reveal()),
	});
	try {
		await commandLine({context, io}, name, ...words);
	} catch (error) {
		const command = commands.find(one => one.name === name)!;
		const shown = error instanceof CommanderError ? usageError(error, command) : error;
		// What nothing expected is printed without its message.
		if (isAppError(shown)) told.push(shown.message, shown.hint ?? '');
	}

	return [...printed.out, ...printed.note, ...told].join('\n');
}

test('every line is of a command', () => {
	const names = new Set(commands.map(({name}) => name));
	expect(Object.keys(lines).filter(name => !names.has(name))).toEqual([]);
});

test.each(commands.map(({name}) => [name, lines[name] ?? ofFile] as const))(
	'hostile-text-in-command: %s prints what it is given as text that steers nothing',
	async (name, wordsFor) => {
		const place = await world({sandbox: false, keys: hostileKeys(await hostileExchange())});
		// What is said of all keys at once is the same for each text.
		const ofAll: readonly (readonly string[])[] = ['list', 'profiles', 'check'].includes(name) ? [[]] : [];
		for (const words of [...ofAll, ...hostileTexts.flatMap(text => wordsFor(text))]) {
			const all = await printedBy(place, name, ...words);
			expect({words, foreign: foreignText(all)}).toEqual({words, foreign: []});
		}
	},
	60_000,
);

test('hostile-text-in-file: what policies, settings and imports say steers nothing where it is printed', async () => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-hostile-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const {context, recoveryKey} = await world({
		sandbox: false,
		keys: hostileKeys(await hostileExchange()).slice(0, 1),
	});
	const told: Array<{readonly of: string; readonly foreign: readonly string[]}> = [];
	let seen = 0;
	for (const [index, text] of hostileTexts.entries()) {
		const file = (name: string, value: unknown) => {
			// A name of a file has neither of these.
			const place = path.join(folder, `${name}${index}${text.replaceAll(/[\0/]/g, '')}`);
			fs.writeFileSync(place, JSON.stringify(value), {mode: 0o600});
			return place;
		};
		const key = {name: text, description: text, tags: [text], ip: [text], site: text, env: text, permissions: [text]};
		const credential = {apiKey: text, secretKey: text, passphrase: text};
		const kept = settingsAt(
			file('settings', {language: text, 'allowed-hosts': [text], keys: {[text]: [text]}, [text]: 1}),
		);
		const printed = {
			policy: await printedBy(
				{context, recoveryKey},
				'check',
				'--policy',
				file('policy', {[text]: text, sites: [text], ip: text}),
			),
			import: await printedBy(
				{context, recoveryKey},
				'import',
				file('import', [{...key, ...credential}]),
				'--dry-run',
				'--no-test',
			),
			other: await printedBy({context, recoveryKey}, 'import', file('other', {[text]: text}), '--dry-run'),
			settings: await printedBy({context: {...context, settings: kept}, recoveryKey}, 'settings'),
			problems: kept
				.problems()
				.map(({problem, fix}) => `${problem}\n${fix}`)
				.join('\n'),
		};
		for (const [of, all] of Object.entries(printed)) {
			if (all.includes('\\u{')) seen++;
			told.push({of, foreign: foreignText(all)});
		}
	}

	expect(told.filter(({foreign}) => foreign.length > 0)).toEqual([]);
	expect(seen).toBeGreaterThan(50);
}, 60_000);
