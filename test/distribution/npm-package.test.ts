import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {endToEnd} from './end-to-end.ts';
import {brokenLinksIn} from './links.ts';
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

test('it has all that its documents show or link to', () => {
	expect(fs.existsSync(path.join(packageFolder, 'docs/security.md'))).toBe(true);
	expect(brokenLinksIn(packageFolder)).toEqual([]);
});

test('the manual page is where man finds it beside the program', () => {
	const page = path.join(prefix, 'share/man/man1/okx-keys.1');
	expect(fs.realpathSync(page)).toBe(fs.realpathSync(path.join(packageFolder, 'dist/okx-keys.1')));
});

function drivenBy(node: string): void {
	endToEnd({
		command: [program],
		searched: `${path.dirname(node)}:${process.env['PATH']}`,
		keepsIgnoredSignals: true,
		hasOwnNode: false,
		isNative: true,
	});
}

describe(`the package under Node ${process.versions.node}`, () => {
	drivenBy(process.execPath);
});

/** The next Node, which .ci/run and `npm run build:executable` install. */
const next = path.resolve(`scripts/executable/nodes/${process.arch}/node_modules/node-linux-${process.arch}/bin/node`);
const hasNext = fs.existsSync(next);
const nextName = hasNext
	? execFileSync(next, ['--version'], {encoding: 'utf8'}).trim().replace('v', 'Node ')
	: 'the Node of the executables, which is not installed in scripts/executable/nodes';

describe.skipIf(!hasNext)(`the package under ${nextName}`, () => {
	drivenBy(next);
});
