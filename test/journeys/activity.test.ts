import {expect} from 'vitest';
import {test} from './journey.ts';
import {run} from './program.ts';

type Entry = Readonly<Record<'what' | 'user' | 'host' | 'client', string>> & {
	readonly at: number;
	readonly times: number;
	readonly keys: readonly {readonly name: string}[];
};

test('what commands did with a key, and from where, is told line by line by the next one', async ({home, sandbox}) => {
	const fromAfar = {environment: {SSH_CONNECTION: '203.0.113.9 50000 198.51.100.1 22'}};
	await sandbox.done('create', 'grid', '--ip', '127.0.0.1');
	await sandbox.done('test', 'grid');
	const executed = ['exec', 'grid', ...sandbox.opened, '--', 'true'];
	for (let time = 0; time < 2; time++) expect(await run(home, executed)).toMatchObject({status: 0});
	expect(await sandbox.runWith(fromAfar, 'show', 'grid', '--reveal')).toMatchObject({status: 0});
	await sandbox.done('show', 'main', '--reveal', '--readonly');
	const lines = (await sandbox.done('activity', '--json')).trimEnd().split('\n');
	const entries = lines.map(line => JSON.parse(line) as Entry);
	const about = (name: string) => entries.filter(({keys}) => keys.some(key => key.name === name));
	expect(about('grid').map(({what, times}) => `${what} ${times}`)).toEqual([
		'created 1',
		'tested 1',
		'executed 2',
		'revealed 1',
	]);
	expect(about('main')).toEqual([]);
	expect(about('grid').map(({client}) => client)).toEqual([null, null, null, '203.0.113.9']);
	for (const {user, host} of entries) expect([user, host]).not.toContain('');
	expect(await sandbox.done('activity', 'grid')).toMatch(/from 203\.0\.113\.9 +secrets shown +grid\n$/);
	expect(await sandbox.done('verify')).toContain('whole');
});
