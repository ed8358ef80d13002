import type {ActionOf, Scope} from './keymap.ts';
import {msg, type Translatable} from '../../language/translate.ts';

/** The command that does the same as an action, with an option that matters; or why there is none. */
export type ActionCommand = {readonly command: string} | {readonly why: Translatable};

type OfScope<S extends Scope> = Readonly<Record<ActionOf<S>, ActionCommand>>;

const moves = {why: msg`It only moves within the screen.`};
const types = {why: msg`It is part of typing; a command takes its words as options.`};
const answers = {why: msg`It answers a question of the screen; a command asks by itself, or takes --yes.`};
const opens = {why: msg`Every command opens the vault by itself.`};
const marks = {why: msg`A command takes the names of several keys.`};
const does = (...words: readonly string[]) => ({command: words.join(' ')});

/** For every action of the keymap. */
export const actionCommands: {readonly [S in Scope]: OfScope<S>} = {
	frame: {
		back: moves,
		nextPane: moves,
		previousPane: moves,
		firstPane: moves,
		secondPane: moves,
		thirdPane: moves,
		lock: does('agent', 'lock'),
		help: does('man'),
		quit: {why: msg`It ends the full screen.`},
		palette: {why: msg`It lists the actions of the screen; --help lists the commands.`},
		suspend: {why: msg`The shell suspends a command.`},
	},
	list: {up: moves, down: moves, pageUp: moves, pageDown: moves, first: moves, last: moves},
	keyList: {
		open: does('show'),
		create: does('create'),
		filter: does('list'),
		sort: does('list --sort'),
		testAll: does('test'),
		health: does('check'),
		activity: does('activity'),
		adopt: does('adopt'),
		settings: does('settings'),
		import: does('import'),
		mark: marks,
		markAll: marks,
	},
	activity: {filter: moves, clear: moves},
	adopt: {
		import: does('adopt --import'),
		delete: does('adopt --delete'),
		accept: does('adopt --accept'),
		enforce: does('adopt --enforce'),
		known: does('adopt --known'),
		mark: marks,
		again: does('adopt'),
	},
	settings: {
		change: does('settings'),
		previous: does('settings'),
		next: does('settings'),
		reset: does('settings --unset'),
	},
	settingValue: {save: does('settings'), cancel: types},
	keyBindings: {record: does('settings'), add: does('settings'), reset: does('settings --unset'), filter: moves},
	keyRecorder: {cancel: types},
	emptyVault: {choose: moves, sandbox: does('sandbox')},
	health: {open: does('list'), left: moves, right: moves},
	markedKeys: {clear: marks},
	filteredList: {clear: moves},
	filter: {accept: types, cancel: types},
	key: {
		test: does('test'),
		edit: does('edit'),
		accept: does('edit --accept-live'),
		permissions: does('edit --perm'),
		copy: does('copy'),
		reveal: does('show --reveal'),
		rotate: does('rotate'),
		freeze: does('freeze'),
		revoke: does('revoke'),
		incident: does('incident'),
		remove: does('remove'),
		tags: does('edit --add-tag'),
		addresses: does('edit --replace-ip'),
		history: does('activity'),
		undo: does('undo'),
	},
	keyDetail: {leave: moves},
	form: {enter: types, next: types, previous: types, forward: types, backward: types, back: types},
	choice: {up: types, down: types},
	checkboxes: {up: types, down: types, toggle: types},
	unlock: {enter: opens},
	autoUnlock: {enter: opens},
	vaultMissing: {create: does('init')},
	olderVault: {accept: answers, restore: does('restore'), leave: answers},
	restoreReview: {restore: does('restore'), leave: answers},
	recoveryKey: {written: answers, wait: answers},
	saveReview: {save: does('edit')},
	createReview: {create: does('create')},
	pageReview: {made: does('add'), reveal: does('add'), copy: does('add')},
	createdKey: {copy: does('copy'), saved: answers, wait: answers},
	copy: {copy: does('copy')},
	test: {
		copy: does('test'),
		remedy: does('edit'),
		accept: does('edit --accept-live'),
		again: does('test'),
		prove: does('test --prove-trade'),
	},
	incident: {copy: does('incident --report'), again: does('incident')},
	testAll: {open: does('show'), failures: does('check'), again: does('test --all')},
	importReview: {import: does('import'), untested: does('import --no-test'), leave: answers},
	imported: {shred: does('import --shred')},
	otherSites: {remedy: does('edit --site'), again: does('test --other-sites')},
	palette: {run: moves, up: moves, down: moves, close: moves},
	busy: {cancel: {why: msg`Ctrl+C stops a command.`}},
	pasteCredential: {untested: does('add --no-test')},
	confirm: {yes: answers, no: answers},
	confirmFreeze: {readOnly: does('freeze --read-only')},
	confirmByName: {enter: answers, no: answers},
	help: {filter: moves, clear: moves, close: moves},
};

export function commandOf(scope: Scope, action: string): ActionCommand | undefined {
	return (actionCommands[scope] as Readonly<Record<string, ActionCommand>>)[action];
}
