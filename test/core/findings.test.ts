import {describe, expect, test} from 'vitest';
import {findings} from '../../source/core/health/findings.ts';
import {withUnfinished} from '../../source/core/key/operation.ts';
import {creation, storedKey} from '../helpers/keys.ts';

const day = 86_400_000;

describe('findings', () => {
	const ids = (wanted: Parameters<typeof storedKey>[0]) => findings(storedKey(wanted), 0).map(({id}) => id);

	test('name an open trading key and an open withdrawing key as bad', () => {
		expect(
			findings(storedKey({permissions: ['read', 'trade', 'withdraw']}), 0)
				.filter(({severity}) => severity === 'bad')
				.map(({id}) => id),
		).toEqual(['can-withdraw', 'no-ip-allowlist']);
	});

	test('come worst first', () => {
		expect(ids({permissions: ['read', 'trade'], createdAt: -13 * day})).toEqual([
			'no-ip-allowlist',
			'expiring',
			'untested',
		]);
	});

	test('are none for a revoked key, and only one for an unfinished one', () => {
		expect(ids({status: 'revoked', permissions: ['read', 'trade']})).toEqual([]);
		const unfinished = withUnfinished({keys: [], operations: [creation({permissions: ['read', 'trade']})]})[0]!;
		expect(findings(unfinished, 0).map(({id}) => id)).toEqual(['creation-unfinished']);
	});
});
