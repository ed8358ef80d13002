import fs from 'node:fs';
import {describe, expect, test} from 'vitest';
import {settingNames} from '../../source/core/settings/table.ts';
import {commandLine} from '../helpers/command-line.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

async function run(argv: readonly string[], wanted: {readonly json?: boolean; readonly readonly?: boolean} = {}) {
	const {context} = await world({isOpen: false, readonly: wanted.readonly ?? false});
	const said = async (...words: readonly string[]) => {
		const {io, printed} = printing({json: wanted.json ?? false});
		const outcome = await commandLine({context, io}, 'settings', ...words).catch((error: Error) => error.message);
		return {outcome, out: printed.out.join('\n'), note: printed.note.join('\n')};
	};
	return {...(await said(...argv)), again: said, settings: context.settings};
}

describe('settings', () => {
	test('lists every setting with its value and where it comes from, without a vault', async () => {
		const {outcome, out, note} = await run([]);
		expect(outcome).toBe('ok');
		for (const name of settingNames) expect(out).toMatch(new RegExp(`^${name} .* default `, 'm'));
		expect(note).toMatch(/They are kept in .*settings\.json\./);
	});

	test('shows one, changes it, and goes back', async () => {
		const {out, again, settings} = await run(['lock-time']);
		expect(out).toBe('10m');
		expect((await again('lock-time', '5m')).note).toBe('lock-time is now 5m.');
		expect((await again('lock-time')).out).toBe('5m');
		expect((await again()).out).toMatch(/^lock-time +5m +settings\.json /m);
		expect((await again('lock-time', '--unset')).note).toBe('lock-time is now 10m.');
		expect(settings.originOf('lock-time')).toEqual({from: 'default'});
	});

	test('shows and changes keys of actions', async () => {
		const {out, again} = await run(['keys']);
		expect(out).toMatch(/^keys\.key\.test +t +default +On a key: test the key live$/m);
		expect((await again('keys.key.test', 't', 'ctrl+t')).note).toBe('keys.key.test is now t ctrl+t.');
		expect((await again()).out).toMatch(/^keys\.key\.test +t ctrl\+t +settings\.json /m);
		expect((await again('keys.key.test', 'e')).outcome).toContain('e is a key of key.edit');
		expect((await again('keys.key.test')).out).toBe('t ctrl+t');
		expect((await again('keys.key.test', '--unset')).note).toBe('keys.key.test is now t.');
	});

	test('prints JSON of fixed members', async () => {
		const {out, again} = await run([], {json: true});
		expect(JSON.parse(out)).toContainEqual({
			name: 'lock-time',
			value: '10m',
			default: '10m',
			from: 'default',
			by: null,
		});
		const changed = await again('healthy-score', '70');
		expect(JSON.parse(changed.out)).toEqual({name: 'healthy-score', value: 70, default: 50, from: 'file', by: null});
		const keys = JSON.parse((await again('keys.key.test', 'ctrl+t')).out) as unknown;
		expect(keys).toEqual({name: 'keys.key.test', value: ['ctrl+t'], default: ['t'], from: 'file', by: null});
	});

	test.each<readonly [readonly string[], string]>([
		[['lok-time'], 'There is no setting lok-time.'],
		[['lock-time', 'soon'], 'That is no value for lock-time; nothing was changed.'],
		[['lock-time', '5m', '--unset'], '--unset takes the name of one setting, and no value.'],
		[['--unset'], '--unset takes the name of one setting, and no value.'],
		[['keys', 'x'], 'There is no setting keys.'],
		[['keys.key.nothing', 'x'], 'There is no setting keys.key.nothing.'],
		[['\u001B[31m'], 'There is no setting'],
	])('refuses %j', async (argv, problem) => {
		const {outcome, settings} = await run(argv);
		expect(outcome).toContain(problem);
		expect(outcome).not.toContain('\u001B');
		expect(fs.existsSync(settings.path!)).toBe(false);
	});

	test('are not changed under --readonly', async () => {
		const {outcome, settings} = await run(['lock-time', '5m'], {readonly: true});
		expect(outcome).toBe('Nothing is changed under --readonly.');
		expect(fs.existsSync(settings.path!)).toBe(false);
	});
});
