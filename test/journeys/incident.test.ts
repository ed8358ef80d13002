import {expect} from 'vitest';
import {test} from './journey.ts';
import {killedAfter} from './killed-after.ts';

test('an incident that is killed half-way is gone on with, until the exchange no longer has the key', async ({
	sandbox,
}) => {
	const create = async () => sandbox.run('create', 'grid', '--perm', 'trade', '--ip', '127.0.0.1');
	expect(await create()).toMatchObject({status: 0});
	await killedAfter(sandbox, 2, ['incident', 'grid', '--yes']);
	expect(await sandbox.run('incident', 'grid', '--yes')).toMatchObject({status: 0});
	expect(await sandbox.json('list')).toMatchObject([
		{name: 'grid', status: 'revoked', freeze: null, incident: {step: 'done'}, findings: []},
		{name: 'main', status: 'active'},
	]);
	expect(await sandbox.run('remove', 'grid', '--yes')).toMatchObject({status: 0});
	// The exchange, where names are unique, has no key of this name any more.
	expect(await create()).toMatchObject({status: 0});
});
