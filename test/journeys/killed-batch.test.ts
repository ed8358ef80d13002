import {expect} from 'vitest';
import {test} from './journey.ts';
import {killedAfter} from './killed-after.ts';

const before = ['10.1.1.1', '127.0.0.1'];
const after = ['10.2.2.2', '127.0.0.1'];
const names = ['alpha', 'beta'];

test('a change of several keys that is killed half-way leaves each whole, and done again changes the rest', async ({
	sandbox,
}) => {
	for (const name of names) await sandbox.done('create', name, '--ip', before.join(','));
	const change = ['edit', ...names, '--replace-ip', '10.1.1.1=10.2.2.2', '--yes'];
	await killedAfter(sandbox, 1, change);

	type Tested = {readonly live: {readonly ip: readonly string[]}; readonly drift: readonly unknown[]};
	const tested = async () =>
		(await sandbox.json<readonly Tested[]>('test', ...names)).map(({live, drift}) => ({ip: live.ip.toSorted(), drift}));
	for (const {ip} of await tested()) expect([before, after]).toContainEqual(ip);

	expect(await sandbox.run(...change)).toMatchObject({status: 0});
	expect(await tested()).toEqual(names.map(() => ({ip: after, drift: []})));
});
