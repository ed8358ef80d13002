import {CommanderError} from 'commander';
import {expect, test} from 'vitest';
import {commands} from '../../source/commands/index.ts';
import {isAppError} from '../../source/core/errors.ts';
import {usageError} from '../../source/parser/usage-errors.ts';
import {commandLine} from '../helpers/command-line.ts';
import {hostileTexts} from '../helpers/hostile.ts';
import {hostileExchange, hostileKeys} from '../helpers/hostile-keys.ts';
import {printing} from '../helpers/printing.ts';
import {foreignText} from '../helpers/terminal-bytes.ts';
import {world} from '../helpers/world.ts';

/** Words after a command's name, for each text: its key, a name that there is not, and a file that there is not. */
type Words = (text: string) => ReadonlyArray<readonly string[]>;

const ofKey: Words = text => [[text]];
const ofFile: Words = text => [[`/missing/${text}`]];
const excess: Words = text => [[text]];

/** What is typed after each command. All of them refuse, ask a terminal that is not there, or only print. */
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
	],
	freeze: text => [[`no ${text}`]],
	thaw: ofKey,
	revoke: ofKey,
	remove: ofKey,
	'restore-key': ofKey,
	undo: excess,
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

test('every command is called', () => {
	expect(Object.keys(lines).toSorted()).toEqual(commands.map(({name}) => name).toSorted());
});

test.each(Object.entries(lines))(
	'hostile-text-in-command: %s prints what it is given as text that steers nothing',
	async (name, wordsFor) => {
		const {context} = await world({sandbox: false, keys: hostileKeys(await hostileExchange())});
		// What is said of all keys at once is the same for each text.
		const ofAll: readonly (readonly string[])[] = ['list', 'profiles', 'check'].includes(name) ? [[]] : [];
		for (const words of [...ofAll, ...hostileTexts.flatMap(text => wordsFor(text))]) {
			const {io, printed} = printing({columns: 80});
			const told: string[] = [];
			try {
				await commandLine({context, io: {...io, progress: line => void told.push(line)}}, name, ...words);
			} catch (error) {
				const command = commands.find(one => one.name === name)!;
				const shown = error instanceof CommanderError ? usageError(error, command) : error;
				// What nothing expected is printed without its message.
				if (isAppError(shown)) told.push(shown.message, shown.hint ?? '');
			}

			const all = [...printed.out, ...printed.note, ...told].join('\n');
			expect({words, foreign: foreignText(all)}).toEqual({words, foreign: []});
		}
	},
	60_000,
);
