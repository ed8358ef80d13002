// Makes the README's picture from a real run: the built program in a real terminal, on a sandbox vault filled for it.
// Usage: npm run build && node scripts/picture.js   (needs tmux)
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import xterm from '@xterm/headless';

const columns = 100;
const rows = 26;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-picture-'));
const passphrase = 'a picture for the README';
const file = path.join(home, 'passphrase');
fs.writeFileSync(file, passphrase, {mode: 0o600});
const environment = {PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', TERM: 'xterm-256color', PS1: '$ ', ENV: ''};
const program = path.resolve('bin/okx-keys.js');

function command(...words) {
	try {
		execFileSync(process.execPath, [program, ...words, '--sandbox', '--passphrase-file', file], {
			env: environment,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
	} catch (error) {
		// A finding has a status of its own; a failure must be seen.
		if (error.status < 20) throw new Error(String(error.stderr), {cause: error});
	}
}

function tmux(...words) {
	return execFileSync('tmux', ['-S', path.join(home, 'tmux'), ...words], {env: environment, encoding: 'utf8'});
}

async function cellsOf(capture) {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	await new Promise(resolve => {
		terminal.write(capture.replaceAll('\n', '\r\n').replace(/(\r\n)+$/, ''), resolve);
	});
	return Array.from({length: rows}, (_, y) => {
		const line = terminal.buffer.active.getLine(y);
		return Array.from({length: columns}, (_, x) => line.getCell(x));
	});
}

const background = '#11151c';
const foreground = '#c9d1d9';
const palette = [
	'#484f58',
	'#ff7b72',
	'#3fb950',
	'#d29922',
	'#58a6ff',
	'#bc8cff',
	'#39c5cf',
	'#b1bac4',
	'#6e7681',
	'#ffa198',
	'#56d364',
	'#e3b341',
	'#79c0ff',
	'#d2a8ff',
	'#56d4dd',
	'#f0f6fc',
];

function colour(isDefault, isRgb, value, fallback) {
	if (isDefault) return fallback;
	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : (palette[value] ?? fallback);
}

const escape = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function svg(cells) {
	const [cellWidth, cellHeight, margin] = [8.4, 18, 14];
	const [width, height] = [columns * cellWidth + 2 * margin, rows * cellHeight + 2 * margin];
	const parts = [];
	for (const [y, line] of cells.entries()) {
		for (const [x, cell] of line.entries()) {
			const text = cell.getChars();
			const own = colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), foreground);
			const behind = colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), background);
			const [ink, paper] = cell.isInverse() ? [behind, own] : [own, behind];
			const [left, top] = [(margin + x * cellWidth).toFixed(1), margin + y * cellHeight];
			if (paper !== background)
				parts.push(
					`<rect x="${left}" y="${top}" width="${(cellWidth * cell.getWidth() + 0.1).toFixed(1)}" ` +
						`height="${cellHeight}" fill="${paper}"/>`,
				);
			if (text.trim() === '') continue;
			const style = [
				cell.isBold() && 'font-weight="bold"',
				cell.isDim() && 'opacity="0.6"',
				cell.isUnderline() && 'text-decoration="underline"',
			]
				.filter(Boolean)
				.join(' ');
			parts.push(`<text x="${left}" y="${top + 13}" fill="${ink}" ${style}>${escape(text)}</text>`);
		}
	}

	return (
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" ` +
		`width="${width.toFixed(0)}" height="${height}" ` +
		'font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14">' +
		`<rect width="100%" height="100%" rx="8" fill="${background}"/>${parts.join('\n')}</svg>\n`
	);
}

async function until(wanted) {
	for (let tries = 0; tries < 200; tries++) {
		if (tmux('capture-pane', '-p').includes(wanted)) return;
		await delay(50);
	}

	throw new Error(`The screen never showed ${wanted}:\n${tmux('capture-pane', '-p')}`);
}

try {
	command('init');
	command(
		'create',
		'grid-eth',
		'--perm',
		'trade',
		'--ip',
		'127.0.0.1',
		'--description',
		'Grid bot on ETH-USDT, server fra-2',
	);
	command('create', 'hedge', '--perm', 'trade', '--description', 'Hedge of the option desk');
	command('create', 'payout', '--perm', 'trade,withdraw', '--ip', '127.0.0.1', '--description', 'Pays the weekly fees');
	command('create', 'tax-2026', '--description', 'Read only, for the tax report');
	command('create', 'mm-btc', '--perm', 'trade', '--ip', '203.0.113.7', '--description', 'Market maker on BTC-USDT');
	command('test', '--all');

	tmux('-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows), 'sh');
	tmux('set-option', '-g', 'status', 'off');
	tmux('resize-window', '-x', String(columns), '-y', String(rows));
	tmux('send-keys', '-l', `clear; ${process.execPath} ${program} --sandbox`);
	tmux('send-keys', 'Enter');
	await until('Unlock');
	tmux('send-keys', '-l', passphrase);
	tmux('send-keys', 'Enter');
	await until('grid-eth');
	tmux('send-keys', 'j');
	await delay(500);
	fs.writeFileSync('media/keys.svg', svg(await cellsOf(tmux('capture-pane', '-e', '-p'))));
} finally {
	try {
		tmux('kill-server');
	} catch {
		// It was never started, or has ended.
	}

	fs.rmSync(home, {recursive: true, force: true});
}
