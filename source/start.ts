import {existsSync, fstatSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promptEarly} from './early-prompt.ts';
import type * as Main from './main.ts';
import {loadCompiled} from './system/code-cache.ts';
import {writeNow} from './system/output/write-now.ts';
import {settingsPath} from './system/settings/path.ts';
import {showsUnicode} from './system/terminal/locale.ts';

declare const OKX_KEYS_VERSION: string;

/**
 * Answers that are the same for everyone, which the build has written: printing one takes a third of the time of a
 * start. Undefined for all else, and for help on a terminal, whose width it follows, or where settings may change it.
 */
function answerTo([word, operand, ...others]: readonly string[]): string | undefined {
	if (others.length > 0) return undefined;
	if (word === 'completion' && ['bash', 'zsh', 'fish'].includes(operand ?? '')) return written(`completion.${operand}`);
	if (operand !== undefined) return undefined;
	if (word === '--version') return `${OKX_KEYS_VERSION}\n`;
	if (word !== '--help' || fstatSync(1).isCharacterDevice()) return undefined;
	const settings = settingsPath(process.env);
	if (settings !== undefined && existsSync(settings)) return undefined;
	return written(showsUnicode(process.env) ? 'help.txt' : 'help-ascii.txt');
}

function written(name: string): string {
	return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** False where it cannot be written: the program itself then says why. */
function isPrinted(text: string): boolean {
	const bytes = Buffer.from(text);
	for (let left: Buffer = bytes; left.length > 0;) {
		const {rest, error} = writeNow(1, left);
		const mayFollow =
			rest.length < bytes.length && error instanceof Error && 'code' in error && error.code === 'EAGAIN';
		if (error !== undefined && !mayFollow) return false;
		left = rest;
	}

	return true;
}

const words = process.argv.slice(2);
const answer = answerTo(words);
if (answer === undefined || !isPrinted(answer)) {
	promptEarly(words, process.env);
	const {loaded, keepFor} = loadCompiled(fileURLToPath(new URL('core.cjs', import.meta.url)));
	await (loaded as typeof Main).start(keepFor);
}
