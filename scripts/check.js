// Runs npm scripts side by side: node scripts/check.js types lint. Only the output of failed ones is shown.
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const {scripts} = JSON.parse(fs.readFileSync('package.json', 'utf8'));
const environment = {...process.env, PATH: [path.resolve('node_modules/.bin'), process.env.PATH].join(path.delimiter)};

async function run(name) {
	const start = performance.now();
	const child = spawn(scripts[name], {shell: true, env: environment, stdio: ['ignore', 'pipe', 'pipe']});
	const chunks = [];
	child.stdout.on('data', chunk => chunks.push(chunk));
	child.stderr.on('data', chunk => chunks.push(chunk));
	const [status, signal] = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (...how) => {
			resolve(how);
		});
	});
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const how = status === 0 ? 'ok' : `FAILED with ${signal ?? `status ${status}`}`;
	console.log(`${name}: ${how} (${seconds} s)`);
	return {name, isGood: status === 0, output: Buffer.concat(chunks).toString()};
}

const names = process.argv.slice(2);
const unknown = names.filter(name => !Object.hasOwn(scripts, name));
if (names.length === 0 || unknown.length > 0) {
	console.error(
		names.length === 0 ? 'Name the npm scripts to run.' : `package.json has no script ${unknown.join(', ')}.`,
	);
	process.exit(2);
}

const failed = (await Promise.all(names.map(run))).filter(({isGood}) => !isGood);
for (const {name, output} of failed) console.error(`\n${name}:\n${output.trimEnd()}`);
if (failed.length > 0) process.exitCode = 1;
