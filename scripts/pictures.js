// Makes the pictures of the documents from real runs: the built program in a real terminal, on a sandbox vault filled
// for them. Usage: npm run pictures   (needs tmux)
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {film, keyOf, past, pictures} from './pictures/scenes.js';
import {filmOf, pictureOf} from './pictures/svg.js';
import {terminalIn} from './pictures/terminal.js';

const [columns, rows] = [120, 30];
const now = Date.UTC(2027, 0, 15, 9, 30);
const passphrase = 'a picture for the README';
const program = path.resolve('scripts/pictures/program.js');

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-pictures-'));
const passphraseFile = path.join(home, 'passphrase');
fs.writeFileSync(passphraseFile, passphrase, {mode: 0o600});
const environment = {
	PATH: process.env.PATH,
	HOME: home,
	LANG: 'C.UTF-8',
	TERM: 'xterm-256color',
	PS1: '$ ',
	ENV: '',
	PICTURE_TIME: String(now),
};

function run(at, ...words) {
	const options = [program, ...words, '--sandbox', '--passphrase-file', passphraseFile];
	try {
		return execFileSync(process.execPath, options, {
			env: {...environment, PICTURE_TIME: String(at)},
			stdio: ['ignore', 'pipe', 'pipe'],
			encoding: 'utf8',
		});
	} catch (error) {
		// A finding has a status of its own; a failure must be seen.
		if (error.status < 20) throw new Error(`${words.join(' ')}: ${error.stderr}`, {cause: error});
		return error.stdout;
	}
}

/** Every secret of the vault, and its API keys. */
function secrets() {
	const keys = JSON.parse(run(now, 'export', '--all', '--format', 'json', '--reveal'));
	return [passphrase, ...keys.flatMap(({apiKey, secretKey, passphrase: own}) => [apiKey, secretKey, own])];
}

const charMs = 60;
const stepMs = 350;

/** Goes through the steps; each change of the screen goes to `onFrame`, with its caption and its time. */
async function play(terminal, steps, onFrame = async () => {}) {
	let caption = '';
	let isCut = false;
	const frame = async ms => {
		if (!isCut) await onFrame({caption, ms});
	};
	for (const step of steps) {
		if ('say' in step) {
			caption = step.say;
			isCut = false;
		} else if ('cut' in step) {
			isCut = true;
		} else if ('press' in step) {
			terminal.press(keyOf(step.press).key);
			await terminal.settle();
			await frame(stepMs);
		} else if ('type' in step) {
			for (const letter of step.type) {
				terminal.type(letter);
				await terminal.see(letter);
				if (isCut) continue;
				await terminal.settle();
				await frame(charMs);
			}
		} else if ('select' in step) {
			while (!new RegExp(`^› ${step.select}\\b`, 'm').test(terminal.text())) {
				terminal.press(keyOf('list.down').key);
				await terminal.settle();
				await frame(stepMs);
			}
		} else if ('see' in step) {
			await terminal.see(step.see);
			await terminal.settle();
			await frame(stepMs);
		} else {
			await frame(step.hold);
		}
	}

	await terminal.settle();
}

async function onProgram(work) {
	const terminal = terminalIn({socket: path.join(home, 'tmux'), env: environment, columns, rows});
	try {
		terminal.start(`${process.execPath} ${program} --sandbox`);
		await terminal.see('Unlock');
		terminal.type(passphrase);
		await terminal.settle();
		terminal.press('return');
		await terminal.see('grid-eth');
		await terminal.settle();
		return await work(terminal);
	} finally {
		terminal.end();
	}
}

function write(file, svg) {
	const plain = svg.replaceAll(/<[^>]*>/g, '');
	if (secrets().some(secret => plain.includes(secret))) throw new Error(`${file} would show a secret.`);
	fs.writeFileSync(path.join('media', file), svg);
	console.log(`media/${file}: ${(svg.length / 1000).toFixed(0)} kB`);
}

const wanted = process.argv.slice(2);
const isWanted = ({file}) => wanted.length === 0 || wanted.includes(file);
try {
	run(now - past[0][0], 'init');
	for (const [ago, ...words] of past) run(now - ago, ...words);
	for (const {file, about, steps} of pictures.filter(isWanted)) {
		const lines = await onProgram(async terminal => {
			await play(terminal, steps);
			return terminal.cells();
		});
		write(file, pictureOf(lines, about));
	}

	if (isWanted(film)) {
		const frames = [];
		await onProgram(async terminal => {
			await play(terminal, film.steps, async ({caption, ms}) => {
				const text = terminal.text();
				const last = frames.at(-1);
				if (last?.text === text && last.caption === caption) last.ms += ms;
				else frames.push({text, caption, ms, lines: await terminal.cells()});
			});
		});
		write(film.file, filmOf(frames, film.about));
	}
} finally {
	fs.rmSync(home, {recursive: true, force: true});
}
