import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {parseEnv} from 'node:util';
import * as dotenv from 'dotenv';
import * as fc from 'fast-check';
import {describe, expect, onTestFinished, test} from 'vitest';
import {dialects, type DialectName} from '../../source/formats/env-dialects.ts';
import {hasSystemd, runUnits} from '../helpers/systemd.ts';

type Read = Readonly<Record<string, string | undefined>>;

function fromEnviron(text: string): Read {
	return Object.fromEntries(
		text
			.split('\0')
			.filter(Boolean)
			.map(entry => entry.split(/=(.*)/s, 2) as [string, string]),
	);
}

const shell = (name: string) => (file: string) => {
	const exporting = name === 'fish' ? '' : 'set -a; ';
	return fromEnviron(
		execFileSync(name, ['-c', `${exporting}. '${file}'; env -0`], {
			env: {PATH: process.env['PATH'], HOME: path.dirname(file)},
			encoding: 'utf8',
		}),
	);
};
const shells = Object.fromEntries(
	['sh', 'bash', 'zsh', 'fish']
		.filter(name => spawnSync(name, ['-c', 'true'], {env: {PATH: process.env['PATH']}}).status === 0)
		.map(name => [name, shell(name)]),
);
const script = 'import dotenv, json, sys; print(json.dumps(dotenv.dotenv_values(sys.argv[1])))';
// Another Python may be the first in PATH, and only the system's has the packages of the system.
const python = ['python3', '/usr/bin/python3'].find(
	name => spawnSync(name, ['-c', 'import dotenv'], {env: {PATH: process.env['PATH']}}).status === 0,
);

/** Every reader that is here, by the names that people give them. */
const readers: Readonly<Record<string, (file: string) => Read>> = {
	...shells,
	dotenv: file => dotenv.parse(fs.readFileSync(file)),
	node: file => parseEnv(fs.readFileSync(file, 'utf8')),
	...(python !== undefined && {
		'python-dotenv': file => JSON.parse(execFileSync(python, ['-c', script, file], {encoding: 'utf8'})) as Read,
	}),
	...(hasSystemd && {
		systemd: file =>
			fromEnviron(
				runUnits({
					'read.service': `[Service]\nType=oneshot\nEnvironmentFile=${file}\nExecStart=/usr/bin/env -0\n`,
				}).out,
			),
	}),
};

/**
 * Docker compose cannot be had for these tests. Its first version reads with python-dotenv; the readers of its second
 * agree with that on single quotes without one in them, and on double quotes without a special character.
 */
const provedBy: Readonly<Record<DialectName, readonly string[]>> = {
	common: Object.keys(readers).filter(name => name !== 'fish'),
	sh: ['sh', 'bash', 'zsh', 'fish'],
	dotenv: ['dotenv', 'node'],
	compose: ['python-dotenv'],
	systemd: ['systemd'],
};

const hard = [
	[
		'plain-1',
		'with space',
		' lead',
		'trail ',
		'a=b',
		'#hash',
		'a #hash',
		'~/x',
		'a;b|c&d',
		'*',
		'{a}',
		'a!b',
		'%d',
		'-n',
	],
	['a"b', "a'b", 'a`b', "'q'", '"q"', '`q`', 'a\'"b', "a'`b", 'a"`b', 'a\'"`b', `''`, `""`],
	['$HOME', '${HOME}', '$(id)', '`id`', '$$', "a'$b", '"$b'],
	['\\', 'a\\b', 'a\\\\b', 'end\\', 'a\\nb', "a\\'b", 'a\\"b', 'a\\$b', "a'\\nb", 'a\'\\x"b', "it's 100%\\ok"],
	['a\nb', 'a\tb', 'a\rb', 'a\r\nb', '\u001B[31m', 'é键🔑', ''],
].flat();

function fileOf(dialect: DialectName, values: readonly string[]): {readonly file: string; readonly written: Read} {
	const {before, quote} = dialects[dialect];
	const held = values.flatMap((value, index) => {
		const quoted = quote(value);
		return quoted === undefined ? [] : [{name: `V${index}`, value, line: `${before}V${index}=${quoted}`}];
	});
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-env-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const file = path.join(folder, 'env');
	fs.writeFileSync(file, held.map(({line}) => `${line}\n`).join(''));
	return {file, written: Object.fromEntries(held.map(({name, value}) => [name, value]))};
}

function readBy(reader: string, file: string): Read {
	return Object.fromEntries(Object.entries(readers[reader]!(file)).filter(([name]) => /^V\d+$/.test(name)));
}

const passphrases = fc.string({
	unit: fc.oneof(
		fc.constantFrom("'", '"', '`', '$', '\\', ' ', '#', '{', '}', '(', 'n'),
		fc.integer({min: 0x20, max: 0x7e}).map(code => String.fromCharCode(code)),
	),
	minLength: 1,
	maxLength: 12,
});

describe.each(Object.entries(provedBy) as [DialectName, readonly string[]][])('%s', (dialect, names) => {
	test.for(names)('%s reads every value as it was', (reader, {skip}) => {
		skip(!Object.hasOwn(readers, reader), 'This reader is not here.');
		const {file, written} = fileOf(dialect, hard);
		expect(readBy(reader, file)).toEqual(written);
		// One file with many values: a reader may take a while to start.
		const made = fileOf(dialect, fc.sample(passphrases, {numRuns: 400, seed: 1}));
		expect(Object.keys(made.written).length).toBeGreaterThan(100);
		expect(readBy(reader, made.file)).toEqual(made.written);
	});
});

test('the usual characters of a passphrase go into every dialect', () => {
	for (const {quote} of Object.values(dialects))
		for (const value of ['Correct-Horse9!', 'a b', 'p@ss#w0rd', 'x$y', 'q"uote', '50%&more', '(a)*[b]', 'a\\b'])
			expect(quote(value)).not.toBeUndefined();
});

test('no quotes are put where none are needed, because docker run --env-file would keep them', () => {
	expect(dialects.common.quote('0a1b2c3d-0000-4000-8000-0123456789ab')).toBe('0a1b2c3d-0000-4000-8000-0123456789ab');
	expect(dialects.common.quote('https://openapi.okx.com')).toBe('https://openapi.okx.com');
});

test.each([
	['common', "a'$b"],
	['common', 'a\'"b'],
	['common', "a'`b"],
	['common', '${HOME}'],
	['common', 'two\nlines'],
	['dotenv', 'a\'"`b'],
	['compose', 'end\\'],
	['compose', "a'$b"],
	['compose', "a'\\b"],
	['compose', 'two\nlines'],
	['systemd', 'two\nlines'],
	['sh', 'zero\0'],
] as const)('%s refuses what its readers differ on: %j', (dialect, value) => {
	expect(dialects[dialect].quote(value)).toBeUndefined();
});
