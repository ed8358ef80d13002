import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {slowFiles} from '../setup/slow-first.ts';

test('the slow files that a run begins with are there, each once', () => {
	expect(slowFiles.filter(name => !fs.existsSync(path.resolve('test', name)))).toEqual([]);
	expect(new Set(slowFiles).size).toBe(slowFiles.length);
});
