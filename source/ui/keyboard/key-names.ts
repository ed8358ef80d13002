import type {Key} from 'ink';
import {functionKeyOf, functionKeys} from '../../core/terminal/function-keys.ts';
import {graphemes} from '../../core/text/width.ts';

export const namedKeys = [
	'upArrow',
	'downArrow',
	'leftArrow',
	'rightArrow',
	'return',
	'escape',
	'tab',
	'backspace',
	'delete',
	'pageUp',
	'pageDown',
	'home',
	'end',
] as const;

export type KeyName = {readonly name: string} | {readonly text: string};

/**
 * The keys of one Ink input event, at most `most`. A slow link delivers several keys in one event, so a text is split
 * into runs of letters and the control characters between them.
 */
export function keysIn(input: string, key: Key, most = Infinity): KeyName[] {
	if (key.eventType === 'release') return [];
	const modifiers = (key.super || key.hyper ? 'super+' : '') + (key.ctrl ? 'ctrl+' : '') + (key.meta ? 'meta+' : '');
	const special =
		namedKeys
			.find(candidate => key[candidate])
			?.replace('Arrow', '')
			.toLowerCase() ?? (key.eventType === undefined ? undefined : functionKeyOf(input));
	if (special) return [{name: (key.shift ? 'shift+' : '') + modifiers + special}];
	const found: KeyName[] = [];
	for (const [part] of input.matchAll(/\r\n|[\0-\x1F\x7F]|[^\0-\x1F\x7F]+/g)) {
		if (found.length >= most) break;
		const name = nameOf(part);
		if (modifiers !== '')
			found.push(...graphemes(part.slice(0, 100)).map(grapheme => ({name: modifiers + nameOf(grapheme)})));
		else if (name === part && part.charCodeAt(0) >= 32) found.push({text: part});
		else found.push({name});
	}

	return found;
}

function nameOf(grapheme: string): string {
	if (grapheme === '\r' || grapheme === '\n' || grapheme === '\r\n') return 'return';
	if (grapheme === '\t') return 'tab';
	if (grapheme === '\x7F' || grapheme === '\b') return 'backspace';
	const code = grapheme.charCodeAt(0);
	return grapheme.length === 1 && code > 0 && code < 27 ? `ctrl+${String.fromCharCode(code + 96)}` : grapheme;
}

const shownNames: Readonly<Record<string, string>> = {
	return: 'Enter',
	escape: 'Esc',
	' ': 'Space',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	tab: 'Tab',
	home: 'Home',
	end: 'End',
	shift: 'Shift',
	ctrl: 'Ctrl',
	meta: 'Alt',
};

export function shownKey(name: string): string {
	const parts = name === '+' ? [name] : name.split('+');
	const isUpper = parts.length > 1 || functionKeys.includes(name);
	return parts.map(part => shownNames[part] ?? (isUpper ? part.toUpperCase() : part)).join('+');
}
