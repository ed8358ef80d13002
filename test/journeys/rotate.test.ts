import {expect} from 'vitest';
import {test} from './journey.ts';
import {killedAfter} from './killed-after.ts';

test(
	'a rotation that is killed after any save goes on, or is undone, and nothing is there twice',
	{timeout: 300_000},
	async ({sandbox}) => {
		expect(await sandbox.run('create', 'grid', '--ip', '127.0.0.1')).toMatchObject({status: 0});
		let saves = 0;
		while (await killedAfter(sandbox, ++saves, ['rotate', 'grid', '--yes'])) {
			const isUndone = saves % 2 === 0 && (await sandbox.run('rotate', 'grid', '--abort')).status === 0;
			const {status, err} = isUndone
				? {status: 0, err: ''}
				: await sandbox.run('rotate', 'grid', '--continue', '--yes');
			// Where it was killed before its first save, or after its last, no rotation is left.
			if (status !== 0) expect(err).toContain('grid is not being rotated.');
			expect(await sandbox.json('list')).toMatchObject([
				{name: 'grid', status: 'active', freeze: null},
				{name: 'main', status: 'active'},
			]);
			expect(await sandbox.json('test', 'grid')).toMatchObject([{ok: true}]);
		}

		expect(saves).toBeGreaterThan(5);
		const trash = (await sandbox.json('list', '--trash')) as readonly {readonly status: string}[];
		expect(new Set(trash.map(({status}) => status))).toEqual(new Set(['revoked']));
	},
);
