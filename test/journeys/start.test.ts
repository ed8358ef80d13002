import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {Home, program, run} from './program.ts';

let home: Home;
beforeEach(() => {
	home = Home.alone();
});
afterEach(() => {
	home.remove();
});

// What the program takes for the version of the Node that runs it.
const old = 'data:text/javascript,Object.defineProperty(process, "versions", {value: {node: "20.19.0"}})';
const oldNode = {NODE_OPTIONS: `--import=${old.replaceAll(' ', '%20').replaceAll('"', '%22')}`};

test('an old Node is told which version is needed', async () => {
	expect(await run(home, ['list'], {environment: oldNode})).toMatchObject({
		status: 1,
		out: '',
		err: expect.stringMatching(/^okx-keys needs Node\.js 24\.7 or newer; this is 20\.19\.0\./) as string,
	});
});

test('plugin-warns-for-old-node: Nagios is told of an old Node in its own form, on standard output', async () => {
	const unknown = {
		status: 3,
		out: expect.stringMatching(
			/^OKX KEYS UNKNOWN - okx-keys needs Node\.js 24\.7 or newer; this is 20\.19\.0\.[^|\n]*\n$/,
		) as string,
		err: '',
	};
	expect(await run(home, ['check', '--nagios'], {environment: oldNode})).toMatchObject(unknown);
	expect(await run(home, ['--key-file', 'x', 'check', 'grid', '--nagios'], {environment: oldNode})).toMatchObject(
		unknown,
	);
});

const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find(
	name =>
		fs.existsSync(name) && /^v(?:1[4-9]|2[0-3])\./.test(spawnSync(name, ['--version'], {encoding: 'utf8'}).stdout),
);

test.skipIf(systemNode === undefined)('an old Node that this machine has can read as far as that', () => {
	const environment = {
		...home.environment,
		PATH: `${path.dirname(systemNode!)}:/usr/bin:/bin`,
		NODE_USE_ENV_PROXY: '1',
		HTTPS_PROXY: 'no url',
	};
	expect(spawnSync(program, ['check', '--nagios'], {env: environment, encoding: 'utf8'})).toMatchObject({
		status: 3,
		stdout: expect.stringMatching(/^OKX KEYS UNKNOWN - okx-keys needs Node/) as string,
		stderr: '',
	});
	expect(spawnSync(program, ['list'], {env: environment, encoding: 'utf8'})).toMatchObject({
		status: 1,
		stdout: '',
		stderr: expect.stringMatching(/^okx-keys needs Node/) as string,
	});
});

test('home-out-of-nothing: a start keeps itself compiled in a home that exists, and makes none', async () => {
	expect(await run(home, ['--version'])).toMatchObject({status: 0});
	expect(fs.statSync(home.file('.cache/okx-keys')).mode & 0o777).toBe(0o700);
	for (const missing of [
		{HOME: home.file('gone')},
		{XDG_CACHE_HOME: home.file('gone/cache')},
		{HOME: home.file('gone/deeper')},
	]) {
		expect(await run(home, ['--version'], {environment: missing})).toMatchObject({status: 0, err: ''});
		expect(fs.existsSync(home.file('gone'))).toBe(false);
	}
});

test
	.skipIf(!fs.existsSync('/proc/self'))
	.each(['HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR'])(
	'mkdir-spins: a start with %s below /proc ends',
	async name => {
		for (const value of ['/proc', '/proc/none/deeper', '/proc/self/none'])
			expect(await run(home, ['--version'], {environment: {[name]: value}})).toMatchObject({status: 0, err: ''});
	},
);

test('what the program is started by takes nothing from the programs that it runs', () => {
	const told = home.file('told.mjs');
	fs.cpSync(path.dirname(program), home.file('bin'), {recursive: true});
	fs.mkdirSync(home.file('dist'));
	fs.writeFileSync(home.file('package.json'), '{"type": "module"}');
	fs.writeFileSync(
		home.file('dist/okx-keys.js'),
		'console.log(JSON.stringify([process.argv.slice(2), Object.entries(process.env).filter(([name]) => ' +
			'name.includes("PROXY"))]));',
	);
	fs.symlinkSync(home.file('bin/okx-keys.js'), told);
	const environment = {
		...home.environment,
		PATH: `${path.dirname(process.execPath)}:${home.environment.PATH}`,
		NODE_USE_ENV_PROXY: '1',
		HTTPS_PROXY: 'no url',
	};
	const {stdout, stderr} = spawnSync(told, ['a b', '', '$x', '--sandbox'], {env: environment, encoding: 'utf8'});
	expect(stderr).toBe('');
	expect(JSON.parse(stdout)).toEqual([
		['a b', '', '$x', '--sandbox'],
		expect.arrayContaining([
			['NODE_USE_ENV_PROXY', '1'],
			['HTTPS_PROXY', 'no url'],
		]),
	]);
	expect(stdout).not.toContain('OKX_KEYS_NODE');
});
