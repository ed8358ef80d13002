// Whether other people's programs sign in with the keys that exec and export hand them, and see the keys that the
// vault says are there: newest versions from npm, against the built-in exchange. Not in the tests, which
// reach no network. Run after npm run build:
//   node scripts/programs.js [FOLDER]      installs into FOLDER, or a temporary one
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';

const packages = ['okx-api', 'ccxt', '@okx_ai/okx-trade-cli', '@okx_ai/okx-trade-mcp'];
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-programs-'));
const folder = path.resolve(process.argv[2] ?? path.join(temporary, 'programs'));
const home = path.join(temporary, 'home');
const own = path.resolve('bin/okx-keys.js');
const trials = path.join(import.meta.dirname, 'programs');
const bin = name => path.join(folder, 'node_modules/.bin', name);
const environment = {PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', PROGRAMS: folder};

function run(words, {input = '', extra = {}} = {}) {
	const {status, stdout, stderr} = spawnSync(words[0], words.slice(1), {
		input,
		cwd: home,
		env: {...environment, ...extra},
		encoding: 'utf8',
		timeout: 60_000,
	});
	return {status, out: stdout, err: stderr};
}

const opened = ['--passphrase-file', path.join(home, 'recovery')];
const keys = (...words) => [process.execPath, own, ...words];

function done(words, options) {
	const {status, out, err} = run(words, options);
	if (status !== 0) throw new Error(`${words.slice(1).join(' ')} ended with ${status}: ${err}${out}`);
	return out;
}

const script = name => [process.execPath, path.join(trials, name)];
const mcpServer = [bin('okx-trade-mcp'), '--modules', 'account', '--no-log'];
const exec = (options, program) => keys(...opened, 'exec', 'main', '--no-record', ...options, '--', ...program);
const exportTo = (format, file) =>
	done(keys(...opened, 'export', 'main', '--reveal', '--format', format, '--output', file));

/**
 * Each answers with the user's id at the exchange, which only a signed call tells.
 *
 * @type {readonly (readonly [string, () => string[]])[]}
 */
const list = [
	['okx-api, by variables', () => exec(['--flavour', 'okx-api'], script('okx-api.js'))],
	['ccxt, by a file', () => exec(['--file', 'ACCOUNT'], script('ccxt.js'))],
	['ccxt, by a descriptor', () => exec(['--fd', 'ACCOUNT'], script('ccxt.js'))],
	['ccxt, by its standard input', () => exec(['--stdin'], script('ccxt.js'))],
	[
		'ccxt, by variables with --set',
		() =>
			exec(
				[
					'--set',
					'ACCOUNT_JSON={"okx":{"apiKey":"{apiKey}","secret":"{secretKey}","password":"{passphrase}",' +
						'"urls":{"api":{"rest":"{baseUrl}"}}}}',
				],
				script('ccxt.js'),
			),
	],
	[
		'ccxt, by an exported file',
		() => {
			exportTo('ccxt', path.join(home, 'keys.json'));
			return ['env', `ACCOUNT=${path.join(home, 'keys.json')}`, ...script('ccxt.js')];
		},
	],
	[
		'ccxt as freqtrade makes it, by a file',
		() => exec(['--file', 'ACCOUNT', '--format', 'freqtrade'], script('freqtrade.js')),
	],
	[
		'okx (OKX’s command line), by variables',
		() => exec(['--flavour', 'okx-cli'], [bin('okx'), '--json', 'account', 'config']),
	],
	[
		'okx-trade-mcp, by variables, as an MCP client starts it',
		() => [...script('mcp.js'), ...exec(['--mask', '--flavour', 'okx-cli'], mcpServer)],
	],
	[
		'okx, by an exported profile',
		() => {
			fs.mkdirSync(path.join(home, '.okx'), {recursive: true, mode: 0o700});
			exportTo('okx-cli', path.join(home, '.okx/config.toml'));
			return [bin('okx'), '--json', 'account', 'config'];
		},
	],
	['okx-trade-mcp, by an exported profile', () => [...script('mcp.js'), ...mcpServer]],
];

async function startExchange() {
	const exchange = spawn(process.execPath, [own, 'sandbox'], {env: environment, stdio: ['ignore', 'pipe', 'inherit']});
	let text = '';
	exchange.stdout.setEncoding('utf8').on('data', more => {
		text += more;
	});
	while (!text.includes('\n')) await once(exchange.stdout, 'data');
	return {exchange, ...JSON.parse(text)};
}

fs.mkdirSync(folder, {recursive: true});
fs.mkdirSync(home, {mode: 0o700});
if (!fs.existsSync(path.join(folder, 'package.json')))
	fs.writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
const newest = packages.map(name => `${name}@latest`);
// With the settings of its user: npm may need a proxy or another registry.
done(['npm', 'install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', ...newest], {
	extra: process.env,
});
const {exchange, baseUrl, apiKey, secretKey, passphrase} = await startExchange();
try {
	fs.writeFileSync(path.join(home, 'passphrase'), 'an example of a passphrase\n', {mode: 0o600});
	const recovery = done(keys('init', '--passphrase-file', path.join(home, 'passphrase')));
	fs.writeFileSync(path.join(home, 'recovery'), recovery, {mode: 0o600});
	done(keys(...opened, 'add', 'main', '--site', baseUrl), {input: JSON.stringify({apiKey, secretKey, passphrase})});
	const [{live}] = JSON.parse(done(keys(...opened, 'test', 'main', '--json')));
	for (const name of packages) {
		const {version} = JSON.parse(fs.readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8'));
		console.log(`${name} ${version}`);
	}

	for (const [what, words] of list) {
		// Each asks for the account, which the exchange answers five times in two seconds.
		await delay(600);
		const {status, out, err} = run(words());
		const isIn = status === 0 && out.includes(live.uid);
		console.log(`${isIn ? 'signs in ' : 'FAILS    '} ${what}`);
		if (isIn) continue;
		process.exitCode = 1;
		console.log(`${out}${err}`.replaceAll(secretKey, '********').replaceAll(passphrase, '********').slice(0, 2000));
	}

	// The keys that ccxt lists are those of the vault, after 200 actions with faults.
	const {status} = spawnSync('npx', ['vitest', 'run', 'test/actions/whole-life.test.ts'], {
		env: {...process.env, CCXT: folder},
		stdio: 'inherit',
	});
	if (status !== 0) process.exitCode = 1;
} finally {
	exchange.kill();
	fs.rmSync(temporary, {recursive: true, force: true});
}
