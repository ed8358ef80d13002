import type {Key} from 'ink';
import {isTyped} from '../../core/text/line-editor.ts';
import {graphemes} from '../../core/text/width.ts';
import type {ConfirmableActionName} from '../confirmations.ts';

/** One row of the keymap: the keys that trigger an action, and the words shown for it. */
export type Binding = {
	readonly keys: readonly [string, ...string[]];
	/** For the footer: one to three words. */
	readonly label: string;
	/** For help and the README: what it does, where the label leaves a question. */
	readonly about?: string;
	/** Whether the footer shows it; help shows every binding. */
	readonly footer?: true;
	/** Changes something, so that --readonly takes it away. */
	readonly changes?: true;
	/** Cannot be taken back: opens the confirm screen for this act, and --readonly takes it away. */
	readonly dangerous?: ConfirmableActionName;
	/** A screen may give the key its own meaning. Only the frame's bindings yield. */
	readonly yields?: true;
};

/** Every key the program answers to. Screens bind handlers to actions, never to keys. */
export const keymap = {
	frame: {
		back: {keys: ['escape'], label: 'back', footer: true, yields: true},
		lock: {keys: ['L'], label: 'lock', about: 'lock the vault', footer: true},
		help: {keys: ['?'], label: 'help', about: 'every key of the screen', footer: true, yields: true},
		quit: {keys: ['q', 'ctrl+c'], label: 'quit', footer: true},
		palette: {keys: [':'], label: 'actions', about: 'everything that can be done now, by its name'},
		suspend: {keys: ['ctrl+z'], label: 'suspend', about: 'go to the shell; fg comes back'},
	},
	list: {
		up: {keys: ['up', 'k'], label: 'up'},
		down: {keys: ['down', 'j'], label: 'down'},
		pageUp: {keys: ['pageup'], label: 'page up'},
		pageDown: {keys: ['pagedown'], label: 'page down'},
		first: {keys: ['g', 'home'], label: 'first'},
		last: {keys: ['G', 'end'], label: 'last'},
	},
	keys: {
		open: {keys: ['return', 'right', 'l'], label: 'open', about: 'open the key', footer: true},
		create: {keys: ['n'], label: 'new', about: 'make a new key', footer: true, changes: true},
		filter: {keys: ['/'], label: 'filter', about: 'filter: words and perm: ip: health: site: env:', footer: true},
		sort: {keys: ['s'], label: 'sort', about: 'sort by name, risk, last test, days left or age'},
		testAll: {keys: ['T'], label: 'test all', about: 'test all keys that are shown, live', footer: true},
		health: {keys: ['H'], label: 'health', about: 'how many keys have which risk, and which keys are worst'},
	},
	health: {
		open: {keys: ['return'], label: 'show its keys', about: 'list the keys that have it', footer: true},
		left: {keys: ['left', 'h'], label: 'left'},
		right: {keys: ['right', 'l'], label: 'right'},
	},
	filtered: {
		clear: {keys: ['escape'], label: 'all keys', about: 'clear the filter', footer: true},
	},
	filter: {
		accept: {keys: ['return'], label: 'done', footer: true},
		cancel: {keys: ['escape'], label: 'clear', footer: true},
	},
	key: {
		test: {keys: ['t'], label: 'test', about: 'test the key live', footer: true},
		edit: {keys: ['e'], label: 'edit', about: 'change name, description, IPs or tags', footer: true, changes: true},
		accept: {
			keys: ['a'],
			label: 'accept',
			about: 'declare what the exchange said in the last test',
			footer: true,
			changes: true,
		},
		permissions: {keys: ['p'], label: 'perms', about: 'turn Trade and Withdraw on or off', footer: true, changes: true},
		reveal: {keys: ['v'], label: 'view secrets', about: 'show the secrets for 10 seconds'},
		revoke: {keys: ['x'], label: 'revoke', about: 'delete the key on the exchange', dangerous: 'revoke'},
		remove: {keys: ['D'], label: 'remove', about: 'put the key into the trash of the vault', dangerous: 'remove'},
	},
	detail: {
		leave: {keys: ['left', 'h'], label: 'back to the list'},
	},
	form: {
		enter: {keys: ['return'], label: 'next', footer: true},
		next: {keys: ['tab', 'down'], label: 'next field', footer: true},
		previous: {keys: ['shift+tab', 'up'], label: 'previous field'},
		forward: {keys: ['pagedown'], label: 'next step', about: 'go on from any field'},
		backward: {keys: ['pageup'], label: 'previous step'},
		back: {keys: ['escape'], label: 'back', footer: true},
	},
	choice: {
		up: {keys: ['up', 'k'], label: 'up'},
		down: {keys: ['down', 'j'], label: 'choose', about: 'down', footer: true},
	},
	checks: {
		up: {keys: ['up', 'k'], label: 'up'},
		down: {keys: ['down', 'j'], label: 'down'},
		toggle: {keys: [' '], label: 'on or off', footer: true},
	},
	unlock: {
		enter: {keys: ['return'], label: 'unlock', footer: true},
	},
	unlockQuietly: {
		enter: {
			keys: ['return'],
			label: 'ask the agent',
			about: 'with nothing typed: open it with the agent or the ssh-agent',
			footer: true,
		},
	},
	missing: {
		create: {keys: ['ctrl+n'], label: 'make a new vault', footer: true, changes: true},
	},
	older: {
		accept: {keys: ['y'], label: 'yes, open it', about: 'open the older copy as it is', footer: true},
		restore: {keys: ['r'], label: 'earlier save', about: 'look at the newest earlier save that is kept', footer: true},
		leave: {keys: ['n', 'return', 'escape'], label: 'no', about: 'leave everything as it is', footer: true},
	},
	copy: {
		restore: {keys: ['y'], label: 'yes, restore it', footer: true, changes: true},
		leave: {keys: ['n', 'return', 'escape'], label: 'no', about: 'leave everything as it is', footer: true},
	},
	recovery: {
		written: {keys: ['w'], label: 'I have written it down', footer: true},
		wait: {keys: ['escape'], label: 'nothing: it stays until w'},
	},
	review: {
		save: {keys: ['y'], label: 'yes, save', footer: true, changes: true},
	},
	createReview: {
		create: {keys: ['y'], label: 'yes, create it', footer: true, changes: true},
	},
	pageReview: {
		made: {keys: ['y'], label: 'I have made it there', footer: true, changes: true},
		reveal: {keys: ['v'], label: 'show passphrase', about: 'show the passphrase to type on the page', footer: true},
	},
	created: {
		saved: {keys: ['s'], label: 'I have saved them', footer: true},
		wait: {keys: ['escape'], label: 'nothing: they stay until s'},
	},
	test: {
		remedy: {
			keys: ['f'],
			label: 'do what is offered',
			about: 'do what the test offers: add the address, take the other environment or site, accept',
			footer: true,
		},
		accept: {keys: ['a'], label: 'accept', about: 'declare what the exchange says', changes: true},
		again: {keys: ['t', 'return'], label: 'test again', footer: true},
		prove: {
			keys: ['P'],
			label: 'prove Trade',
			about:
				'test again and prove Trade too: asks the exchange to cancel an order that does not exist; nothing is traded',
			footer: true,
		},
	},
	testAll: {
		open: {keys: ['return', 'right', 'l'], label: 'open', about: 'open the key', footer: true},
		failures: {keys: ['f'], label: 'failures', about: 'show only what is not well, or all', footer: true},
		again: {keys: ['t', 'T'], label: 'test again', footer: true},
	},
	sites: {
		remedy: {
			keys: ['f'],
			label: 'store it there',
			about: 'store the key as one of the site that knows it',
			footer: true,
		},
		again: {keys: ['t', 'return'], label: 'ask again', footer: true},
	},
	palette: {
		run: {keys: ['return'], label: 'do it', footer: true},
		up: {keys: ['up'], label: 'up'},
		down: {keys: ['down'], label: 'choose', about: 'down', footer: true},
		close: {keys: ['escape'], label: 'close', footer: true},
	},
	busy: {
		cancel: {keys: ['escape'], label: 'cancel', footer: true},
	},
	paste: {
		untested: {
			keys: ['ctrl+s'],
			label: 'save untested',
			about: 'save a key whose test has failed',
			footer: true,
			changes: true,
		},
	},
	confirm: {
		yes: {keys: ['y'], label: 'yes', footer: true},
		no: {keys: ['n', 'return', 'escape'], label: 'no', footer: true},
	},
	typedConfirm: {
		enter: {keys: ['return'], label: 'do it', footer: true},
		no: {keys: ['escape'], label: 'no', footer: true},
	},
	help: {
		close: {keys: ['?'], label: 'close help'},
	},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Binding>>>>;

export type Scope = keyof typeof keymap;
export type ActionOf<S extends Scope> = keyof (typeof keymap)[S] & string;

/** What each scope is about, for help and the README; scopes of one title stand together. */
export const titles: Readonly<Record<Scope, string>> = {
	frame: 'Everywhere',
	list: 'Moving in a list',
	keys: 'List of keys',
	health: 'Health',
	filtered: 'List of keys',
	filter: 'While filtering',
	key: 'On a key',
	detail: 'On a key',
	form: 'In a form',
	choice: 'In a choice of one',
	checks: 'In a choice of several',
	unlock: 'Unlock',
	unlockQuietly: 'Unlock',
	missing: 'Unlock',
	older: 'An older copy of the vault',
	copy: 'Before restoring an earlier save',
	recovery: 'Recovery key',
	review: 'Before saving',
	createReview: 'Before creating',
	pageReview: 'While making a key on OKX’s page',
	created: 'A new key',
	test: 'Test',
	testAll: 'Test all',
	sites: 'Asking other sites',
	palette: 'All actions',
	busy: 'While a call is under way',
	paste: 'While making a key on OKX’s page',
	confirm: 'Confirm',
	typedConfirm: 'Confirm by name',
	help: 'Help',
};

/** The bindings of a scope, by action. */
export function bindingsOf(scope: Scope): Readonly<Record<string, Binding>> {
	return keymap[scope];
}

/** The action a key triggers in a scope. */
export function actionFor<S extends Scope>(scope: S, name: string): ActionOf<S> | undefined {
	return Object.entries(bindingsOf(scope)).find(([, {keys}]) => keys.includes(name))?.[0] as ActionOf<S> | undefined;
}

/**
 * Keys that would trigger two actions when these scopes are active at once; a binding that yields to a screen is no
 * conflict.
 */
export function conflicts(scopes: readonly Scope[]): string[] {
	const taken = new Map<string, string>();
	const found: string[] = [];
	for (const scope of scopes) {
		for (const [action, {keys, yields}] of Object.entries(bindingsOf(scope))) {
			if (yields) continue;
			for (const key of keys) {
				const other = taken.get(key);
				if (other === undefined) taken.set(key, `${scope}.${action}`);
				else found.push(`${key}: ${other} and ${scope}.${action}`);
			}
		}
	}

	return found;
}

const namedKeys = [
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

/** A key by its name, or letters as they were typed. */
export type KeyName = {readonly name: string} | {readonly text: string};

/**
 * What one input event of Ink holds, at most so many of them. A slow link delivers several keys in one event, so that
 * a text comes back as runs of letters, with the control characters between them as the keys they stand for.
 */
export function keysIn(input: string, key: Key, most = Infinity): KeyName[] {
	if (key.eventType === 'release') return [];
	const modifiers = (key.super || key.hyper ? 'super+' : '') + (key.ctrl ? 'ctrl+' : '') + (key.meta ? 'meta+' : '');
	const special = namedKeys.find(candidate => key[candidate]);
	if (special) return [{name: (key.shift ? 'shift+' : '') + modifiers + special.replace('Arrow', '').toLowerCase()}];
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

/**
 * What is left of an arrow key when a slow link split it after its Escape: `[A`, `OB`, `[1;5C`, `[3~`. The Escape has
 * been taken for the key of that name by then; the rest must not be typed.
 */
export function isSplitTail(input: string): boolean {
	return /^(?:\[[\d;]*[A-Za-z~]|O[A-Za-z])$/.test(input);
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

/** A key as a person knows it: `Ctrl+C`, `Enter`, `n`. */
export function shownKey(name: string): string {
	const parts = name === '+' ? [name] : name.split('+');
	return parts.map(part => shownNames[part] ?? (parts.length > 1 ? part.toUpperCase() : part)).join('+');
}

/** Whether a key still reaches its action while a text field has the keyboard. */
export function worksWhileTyping(name: string): boolean {
	return !isTyped(name);
}
