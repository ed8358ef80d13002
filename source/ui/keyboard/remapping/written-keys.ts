import {functionKeys} from '../../../core/terminal/function-keys.ts';
import {graphemes} from '../../../core/text/width.ts';
import {namedKeys} from '../key-names.ts';

/** The words for keys that differ from their names in this program. */
const written: Readonly<Record<string, string>> = {return: 'enter', escape: 'esc', ' ': 'space', meta: 'alt'};
const nameOfWord: Readonly<Record<string, string>> = {
	...Object.fromEntries(Object.entries(written).map(([name, word]) => [word, name])),
	pgup: 'pageup',
	pgdn: 'pagedown',
	del: 'delete',
	control: 'ctrl',
	option: 'meta',
};

const named: ReadonlySet<string> = new Set([
	...namedKeys.map(name => name.replace('Arrow', '').toLowerCase()),
	...functionKeys,
]);
/** In the order in which the name of a key has them. */
const modifiers = ['shift', 'ctrl', 'meta'];
/** A terminal sends the same for these as for Tab, Enter, Backspace and Esc. */
const sameAsOthers: ReadonlySet<string> = new Set(['i', 'j', 'm', 'h']);

/** A key as settings write it: `ctrl+x`, `enter`, `space`, `?`. */
export function writtenKey(name: string): string {
	return partsOf(name)
		.map(part => written[part] ?? part)
		.join('+');
}

/** The key that a word of the settings names; undefined where no terminal sends such a key. */
export function keyOfWord(word: string): string | undefined {
	const parts = partsOf(word.normalize());
	const last = parts.at(-1)!;
	const held = parts.slice(0, -1).map(part => nameOf(part.toLowerCase()));
	if (held.length !== new Set(held).size || !held.every(part => modifiers.includes(part))) return undefined;
	const prefix = modifiers
		.filter(one => held.includes(one))
		.map(one => `${one}+`)
		.join('');
	const special = nameOf(last.toLowerCase());
	if (named.has(special)) return prefix + special;
	const letter = special === ' ' ? ' ' : last;
	if (graphemes(letter).length !== 1 || /[\p{C}\p{Zl}\p{Zp}]/u.test(letter) || held.includes('shift')) return undefined;
	if (!held.includes('ctrl')) return prefix + letter;
	const control = letter.toLowerCase();
	return /^[a-z]$/.test(control) && !sameAsOthers.has(control) ? prefix + control : undefined;
}

function nameOf(word: string): string {
	return Object.hasOwn(nameOfWord, word) ? nameOfWord[word]! : word;
}

/** Splits at each plus sign, but for the key `+` itself. */
function partsOf(name: string): string[] {
	if (name === '+') return [name];
	return name.endsWith('++') ? [...name.slice(0, -2).split('+'), '+'] : name.split('+');
}
