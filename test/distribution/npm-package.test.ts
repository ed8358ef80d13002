import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {endToEnd} from './end-to-end.ts';
import {installPackage} from './npm-package.ts';

const prefix = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-prefix-'));
const {program, packageFolder} = installPackage(prefix);
afterAll(() => {
	fs.rmSync(prefix, {recursive: true});
});

test('the package installs itself alone, and runs nothing when it is installed', () => {
	expect(fs.readdirSync(path.dirname(packageFolder))).toEqual(['okx-keys']);
	expect(fs.existsSync(path.join(packageFolder, 'node_modules'))).toBe(false);
	const own = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as {
		readonly dependencies?: object;
		readonly scripts: Readonly<Record<string, string>>;
	};
	expect(own.dependencies).toBeUndefined();
	expect(Object.keys(own.scripts).filter(name => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([]);
});

describe(`the package under Node ${process.versions.node}`, () => {
	endToEnd({
		command: [program],
		searched: `${path.dirname(process.execPath)}:${process.env['PATH']}`,
		keepsIgnoredSignals: true,
		hasOwnNode: false,
		isNative: true,
	});
});
