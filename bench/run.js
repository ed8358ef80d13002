// What the program costs, in ratios to what is measured beside it in the same run: npm run bench -- --help.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {createPeers} from './peers.js';
import {baselineWith, becameWorse, nameOf, rowOf} from './rows.js';
import {tableOf} from './table.js';

const baselineFile = path.join(import.meta.dirname, 'baseline.json');
const partsFolder = path.join(import.meta.dirname, 'parts');
const allParts = fs.readdirSync(partsFolder).map(file => path.basename(file, '.js'));
const partOf = async name => import(path.join(partsFolder, `${name}.js`));

async function help() {
	const parts = await Promise.all(allParts.map(async name => ({name, ...(await partOf(name))})));
	const width = Math.max(...allParts.map(name => name.length));
	return `npm run bench -- [PART …] [--peers] [--save]

Measures the built program beside something else in the same run, in turn, and prints a table of ratios. Ends with
status 1 if a row misses its limit or a part fails, and tells what became worse by more than a quarter since the
last --save.

${parts.map(({name, summary}) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

  --peers  install the programs of others that are missing: packages of npm into a temporary folder or that of
           OKX_KEYS_PEERS, packages of Debian if you are root
  --save   keep the ratios in bench/baseline.json

A part is a file of bench/parts: it exports its summary, and measure(bench), which calls bench.row (Samples in
bench/rows.js) for each row.`;
}

/**
 * @typedef {object} Bench what the `measure` of a part is given
 * @property {(samples: import('./rows.js').Samples) => void} row adds a row
 * @property {(name: string) => string | undefined} peer the path of a program of others, or undefined
 * @property {string} home a new folder that is removed in the end
 */

async function measured(name, peers) {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-bench-'));
	const rows = [];
	try {
		const {measure} = await partOf(name);
		await measure({
			row: samples => rows.push({part: name, ...rowOf(samples)}),
			peer: peer => peers.find(peer),
			home,
		});
		return {rows};
	} catch (error) {
		return {rows, failure: {name, error}};
	} finally {
		fs.rmSync(home, {recursive: true, force: true});
	}
}

function readOptions() {
	try {
		const options = {help: {type: 'boolean'}, peers: {type: 'boolean'}, save: {type: 'boolean'}};
		const {values, positionals} = parseArgs({options, allowPositionals: true});
		const unknown = positionals.find(name => !allParts.includes(name));
		if (unknown !== undefined) throw new Error(`There is no part ${unknown}.`);
		return {...values, names: positionals.length === 0 ? allParts : positionals};
	} catch (error) {
		console.error(`${error.message} See npm run bench -- --help.`);
		return undefined;
	}
}

async function main({names, peers: brings = false, save = false}) {
	const peers = createPeers(brings);
	const rows = [];
	const failures = [];
	for (const name of names) {
		console.error(`Measuring ${name}…`);
		const {rows: found, failure} = await measured(name, peers);
		rows.push(...found);
		if (failure) failures.push(failure);
	}

	console.log(tableOf(rows).join('\n'));
	const baseline = JSON.parse(fs.readFileSync(baselineFile, 'utf8'));
	for (const {row, before} of becameWorse(rows, baseline))
		console.log(`Worse than before: ${nameOf(row)}, ${before.toFixed(2)}x then and ${row.ratio.toFixed(2)}x now.`);
	for (const [peer, why] of peers.leftOut) console.log(`Left out: ${peer}, for ${why}.`);
	for (const {name, error} of failures) console.log(`${name} could not be measured to its end: ${error.stack}`);
	if (save) fs.writeFileSync(baselineFile, `${JSON.stringify(baselineWith(baseline, rows), null, '\t')}\n`);
	return rows.every(({holds}) => holds) && failures.length === 0 ? 0 : 1;
}

const asked = readOptions();
if (asked === undefined) process.exitCode = 2;
else if (asked.help) console.log(await help());
else process.exitCode = await main(asked);
