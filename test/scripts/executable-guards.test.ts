import fs from 'node:fs';
import {expect, test} from 'vitest';

test('the executable begins with the same guards as the program that Node starts', () => {
	const statements = (file: string) =>
		fs
			.readFileSync(file, 'utf8')
			.split('\n')
			.map(line => line.trim())
			.filter(line => line !== '' && !line.startsWith('//'));
	const guards = statements('scripts/executable/guards.js');
	const start = statements('bin/okx-keys.js');
	expect(guards).toHaveLength(3);
	const first = start.indexOf(guards[0]!);
	expect(start.slice(first, first + guards.length)).toEqual(guards);
	expect(first).toBeLessThan(start.findIndex(line => line.includes('import(')));
});
