import type {ConfirmableActionName} from '../confirmations.ts';
import {msg, type Translatable} from '../../language/translate.ts';

export type Binding = {
	readonly keys: readonly [string, ...string[]];
	readonly label: Translatable;
	/** For help and the README, where the label is not enough. */
	readonly about?: Translatable;
	readonly footer?: true;
	/** Changes something: not available with --readonly. */
	readonly changes?: true;
	/** Cannot be undone: opens the confirm screen for this act, and is not available with --readonly. */
	readonly dangerous?: ConfirmableActionName;
	/** Shows a secret, at once or in the end: not available with --no-secrets. */
	readonly secrets?: true;
	/** A screen may override the key; only bindings of the frame yield. */
	readonly yields?: true;
	/** The command that does the same, with an option that matters; or why there is none. */
	readonly command: string | WithoutCommand;
};

export type WithoutCommand = {readonly why: Translatable};

const moves: WithoutCommand = {why: msg`It only moves within the screen.`};
const types: WithoutCommand = {why: msg`It is part of typing; a command takes its words as options.`};
const answers: WithoutCommand = {
	why: msg`It answers a question of the screen; a command asks by itself, or takes --yes.`,
};
const opens: WithoutCommand = {why: msg`Every command opens the vault by itself.`};
const marks: WithoutCommand = {why: msg`A command takes the names of several keys.`};

/** Every key of the program. Screens bind handlers to actions, never to keys. */
export const keymap = {
	frame: {
		back: {keys: ['escape'], label: msg`back`, footer: true, yields: true, command: moves},
		nextPane: {
			keys: ['tab', 'ctrl+o'],
			label: msg`next pane`,
			about: msg`give the keyboard to the next pane, from a form after its last field`,
			footer: true,
			yields: true,
			command: moves,
		},
		previousPane: {
			keys: ['shift+tab'],
			label: msg`previous pane`,
			about: msg`give the keyboard to the pane before, from a form before its first field`,
			yields: true,
			command: moves,
		},
		firstPane: {keys: ['1'], label: msg`first pane`, about: msg`give the keyboard to the first pane`, command: moves},
		secondPane: {
			keys: ['2'],
			label: msg`second pane`,
			about: msg`give the keyboard to the second pane`,
			command: moves,
		},
		thirdPane: {keys: ['3'], label: msg`third pane`, about: msg`give the keyboard to the third pane`, command: moves},
		lock: {keys: ['L'], label: msg`lock`, about: msg`lock the vault`, footer: true, command: 'agent lock'},
		palette: {
			keys: [':', 'ctrl+p'],
			label: msg`actions`,
			about: msg`everything that can be done now, by its name`,
			footer: true,
			command: {why: msg`It lists the actions of the screen; --help lists the commands.`},
		},
		help: {
			keys: ['?'],
			label: msg`help`,
			about: msg`every key of the screen`,
			footer: true,
			yields: true,
			command: 'man',
		},
		quit: {keys: ['q', 'ctrl+c'], label: msg`quit`, footer: true, command: {why: msg`It ends the full screen.`}},
		suspend: {
			keys: ['ctrl+z'],
			label: msg`suspend`,
			about: msg`go to the shell; fg comes back`,
			command: {why: msg`The shell suspends a command.`},
		},
		redraw: {
			keys: ['ctrl+l'],
			label: msg`redraw`,
			about: msg`show the whole screen again, after another program wrote on it`,
			command: {why: msg`It is about the full screen itself.`},
		},
	},
	list: {
		up: {keys: ['up', 'k'], label: msg`up`, command: moves},
		down: {keys: ['down', 'j'], label: msg`down`, command: moves},
		pageUp: {keys: ['pageup', 'ctrl+u'], label: msg`page up`, command: moves},
		pageDown: {keys: ['pagedown', 'ctrl+d'], label: msg`page down`, command: moves},
		first: {keys: ['g', 'home'], label: msg`first`, command: moves},
		last: {keys: ['G', 'end'], label: msg`last`, command: moves},
	},
	keyList: {
		open: {keys: ['return', 'right', 'l'], label: msg`open`, about: msg`open the key`, footer: true, command: 'show'},
		create: {
			keys: ['n'],
			label: msg`new`,
			about: msg`make a new key`,
			footer: true,
			changes: true,
			secrets: true,
			command: 'create',
		},
		filter: {
			keys: ['/'],
			label: msg`filter`,
			about: msg`filter: words and tag: perm: ip: health: site: env:`,
			footer: true,
			command: 'list',
		},
		sort: {
			keys: ['s'],
			label: msg`sort`,
			about: msg`sort by name, risk, last test, days left, age or tag`,
			command: 'list --sort',
		},
		testAll: {
			keys: ['T'],
			label: msg`test all`,
			about: msg`test all keys that are shown, live`,
			footer: true,
			command: 'test',
		},
		health: {
			keys: ['H'],
			label: msg`health`,
			about: msg`how many keys have which risk, and which keys are worst`,
			command: 'check',
		},
		activity: {keys: ['y'], label: msg`activity`, about: msg`who did what and when`, command: 'activity'},
		adopt: {
			keys: ['E'],
			label: msg`on the exchange`,
			about: msg`compare the keys of sub-accounts with the exchange`,
			command: 'adopt',
		},
		settings: {
			keys: [','],
			label: msg`settings`,
			about: msg`change times, colours, language and keys`,
			command: 'settings',
		},
		import: {
			keys: ['i'],
			label: msg`import`,
			about: msg`take keys from a file, such as that of a bot`,
			changes: true,
			command: 'import',
		},
		mark: {keys: [' '], label: msg`mark`, about: msg`mark the key or unmark it, and go to the next`, command: marks},
		markAll: {
			keys: ['*'],
			label: msg`mark all`,
			about: msg`mark all keys that are shown, or unmark them`,
			command: marks,
		},
	},
	activity: {
		filter: {
			keys: ['/'],
			label: msg`filter`,
			about: msg`show only the entries with these words`,
			footer: true,
			command: moves,
		},
		clear: {keys: ['escape'], label: msg`all entries`, about: msg`clear the filter`, footer: true, command: moves},
	},
	adopt: {
		import: {
			keys: ['i'],
			label: msg`import`,
			about: msg`store a key that is unknown here`,
			footer: true,
			changes: true,
			command: 'adopt --import',
		},
		delete: {
			keys: ['x'],
			label: msg`delete`,
			about: msg`delete the key, or those that are marked, on the exchange`,
			footer: true,
			changes: true,
			command: 'adopt --delete',
		},
		accept: {
			keys: ['a'],
			label: msg`accept`,
			about: msg`declare what the exchange has, mark a key that is gone as revoked, or take one back into use`,
			footer: true,
			changes: true,
			command: 'adopt --accept',
		},
		enforce: {
			keys: ['w'],
			label: msg`enforce`,
			about: msg`set the exchange to what is declared`,
			footer: true,
			changes: true,
			command: 'adopt --enforce',
		},
		known: {
			keys: ['o'],
			label: msg`kept elsewhere`,
			about: msg`note that the key is kept elsewhere`,
			changes: true,
			command: 'adopt --known',
		},
		mark: {keys: [' '], label: msg`mark`, about: msg`mark the key to be deleted, or unmark it`, command: marks},
		again: {keys: ['t'], label: msg`ask again`, about: msg`ask the exchange again`, footer: true, command: 'adopt'},
	},
	settings: {
		change: {
			keys: ['return'],
			label: msg`change`,
			about: msg`take the next choice, type another value, or list the keys`,
			footer: true,
			command: 'settings',
		},
		previous: {keys: ['left', 'h'], label: msg`previous choice`, changes: true, command: 'settings'},
		next: {keys: ['right', 'l'], label: msg`next choice`, changes: true, command: 'settings'},
		reset: {
			keys: ['r'],
			label: msg`default`,
			about: msg`go back to the default`,
			footer: true,
			changes: true,
			command: 'settings --unset',
		},
	},
	settingValue: {
		save: {keys: ['return'], label: msg`save`, footer: true, changes: true, command: 'settings'},
		cancel: {keys: ['escape'], label: msg`leave it`, footer: true, command: types},
	},
	keyBindings: {
		record: {
			keys: ['return'],
			label: msg`change`,
			about: msg`press the key that replaces its present ones`,
			footer: true,
			changes: true,
			command: 'settings',
		},
		add: {
			keys: ['a'],
			label: msg`add a key`,
			about: msg`press an additional key`,
			footer: true,
			changes: true,
			command: 'settings',
		},
		reset: {
			keys: ['r'],
			label: msg`usual keys`,
			about: msg`go back to the usual keys`,
			footer: true,
			changes: true,
			command: 'settings --unset',
		},
		filter: {
			keys: ['/'],
			label: msg`filter`,
			about: msg`show only the actions with these words`,
			footer: true,
			command: moves,
		},
	},
	keyRecorder: {
		cancel: {keys: ['escape'], label: msg`leave it`, footer: true, command: types},
	},
	emptyVault: {
		choose: {
			keys: ['return', 'right', 'l'],
			label: msg`choose`,
			about: msg`do what is selected`,
			footer: true,
			command: moves,
		},
		sandbox: {
			keys: ['S'],
			label: msg`sandbox`,
			about: msg`how to try the program without an account`,
			footer: true,
			command: 'sandbox',
		},
	},
	health: {
		open: {
			keys: ['return'],
			label: msg`show its keys`,
			about: msg`list the keys that have it`,
			footer: true,
			command: 'list',
		},
		left: {keys: ['left', 'h'], label: msg`left`, command: moves},
		right: {keys: ['right', 'l'], label: msg`right`, command: moves},
	},
	markedKeys: {
		clear: {keys: ['escape'], label: msg`unmark`, about: msg`unmark all keys`, footer: true, command: marks},
	},
	filteredList: {
		clear: {keys: ['escape'], label: msg`all keys`, about: msg`clear the filter`, footer: true, command: moves},
	},
	filter: {
		accept: {keys: ['return'], label: msg`done`, footer: true, command: types},
		cancel: {keys: ['escape'], label: msg`clear`, footer: true, command: types},
	},
	key: {
		test: {keys: ['t'], label: msg`test`, about: msg`test the key live`, footer: true, command: 'test'},
		edit: {
			keys: ['e'],
			label: msg`edit`,
			about: msg`change name, description, IPs or tags`,
			footer: true,
			changes: true,
			command: 'edit',
		},
		accept: {
			keys: ['a'],
			label: msg`accept`,
			about: msg`declare what the exchange said in the last test`,
			footer: true,
			changes: true,
			command: 'edit --accept-live',
		},
		permissions: {
			keys: ['p'],
			label: msg`perms`,
			about: msg`turn Trade and Withdraw on or off`,
			footer: true,
			changes: true,
			command: 'edit --perm',
		},
		copy: {
			keys: ['c'],
			label: msg`copy`,
			about: msg`choose a part of the key, and copy it to your clipboard`,
			footer: true,
			command: 'copy',
		},
		reveal: {
			keys: ['v'],
			label: msg`view secrets`,
			about: msg`show the secrets for 10 seconds`,
			secrets: true,
			command: 'show --reveal',
		},
		rotate: {
			keys: ['R'],
			label: msg`rotate`,
			about: msg`put a new key of the same settings in its place, then revoke the old one`,
			changes: true,
			command: 'rotate',
		},
		freeze: {
			keys: ['F'],
			label: msg`freeze`,
			about: msg`block the key for now, or unblock it`,
			changes: true,
			command: 'freeze',
		},
		revoke: {
			keys: ['x'],
			label: msg`revoke`,
			about: msg`delete the key on the exchange`,
			dangerous: 'revoke',
			command: 'revoke',
		},
		incident: {
			keys: ['I'],
			label: msg`incident`,
			about: msg`cut off a key that may be leaked, then see what its account did`,
			dangerous: 'incident',
			command: 'incident',
		},
		remove: {
			keys: ['D'],
			label: msg`remove`,
			about: msg`put the key into the trash of the vault`,
			dangerous: 'remove',
			command: 'remove',
		},
		tags: {
			keys: ['#'],
			label: msg`tags`,
			about: msg`add tags or remove them`,
			changes: true,
			command: 'edit --add-tag',
		},
		addresses: {
			keys: ['A'],
			label: msg`addresses`,
			about: msg`add addresses to the allow-list, remove them, or replace one by another`,
			changes: true,
			command: 'edit --replace-ip',
		},
		history: {keys: ['Y'], label: msg`history`, about: msg`who did what with the key, and when`, command: 'activity'},
		undo: {
			keys: ['u'],
			label: msg`undo`,
			about: msg`undo the last change of keys in this vault`,
			changes: true,
			command: 'undo',
		},
	},
	keyDetail: {
		leave: {keys: ['left', 'h'], label: msg`back to the list`, command: moves},
	},
	form: {
		enter: {keys: ['return'], label: msg`next`, footer: true, command: types},
		next: {keys: ['tab', 'down'], label: msg`next field`, footer: true, command: types},
		previous: {keys: ['shift+tab', 'up'], label: msg`previous field`, command: types},
		forward: {keys: ['pagedown'], label: msg`next step`, about: msg`go on from any field`, command: types},
		backward: {keys: ['pageup'], label: msg`previous step`, command: types},
		back: {keys: ['escape'], label: msg`back`, footer: true, command: types},
	},
	choice: {
		up: {keys: ['up', 'k'], label: msg`up`, command: types},
		down: {keys: ['down', 'j'], label: msg`choose`, about: msg`down`, footer: true, command: types},
	},
	checkboxes: {
		up: {keys: ['up', 'k'], label: msg`up`, command: types},
		down: {keys: ['down', 'j'], label: msg`down`, command: types},
		toggle: {keys: [' '], label: msg`on or off`, footer: true, command: types},
	},
	unlock: {
		enter: {keys: ['return'], label: msg`unlock`, footer: true, command: opens},
	},
	autoUnlock: {
		enter: {
			keys: ['return'],
			label: msg`ask the agent`,
			about: msg`with nothing typed: open it with the agent or the ssh-agent`,
			footer: true,
			command: opens,
		},
	},
	vaultMissing: {
		create: {
			keys: ['ctrl+n'],
			label: msg`make a new vault`,
			footer: true,
			changes: true,
			secrets: true,
			command: 'init',
		},
	},
	olderVault: {
		accept: {
			keys: ['y'],
			label: msg`yes, open it`,
			about: msg`open the older copy as it is`,
			footer: true,
			command: answers,
		},
		restore: {
			keys: ['r'],
			label: msg`earlier save`,
			about: msg`look at the newest earlier save that is kept`,
			footer: true,
			command: 'restore',
		},
		leave: {
			keys: ['n', 'return', 'escape'],
			label: msg`no`,
			about: msg`leave everything as it is`,
			footer: true,
			command: answers,
		},
	},
	restoreReview: {
		restore: {keys: ['y'], label: msg`yes, restore it`, footer: true, changes: true, command: 'restore'},
		leave: {
			keys: ['n', 'return', 'escape'],
			label: msg`no`,
			about: msg`leave everything as it is`,
			footer: true,
			command: answers,
		},
	},
	recoveryKey: {
		written: {keys: ['w'], label: msg`I have written it down`, footer: true, command: answers},
		wait: {keys: ['escape'], label: msg`nothing: it stays until it is written down`, command: answers},
	},
	saveReview: {
		save: {keys: ['y'], label: msg`yes, save`, footer: true, changes: true, command: 'edit'},
	},
	createReview: {
		create: {keys: ['y'], label: msg`yes, create it`, footer: true, changes: true, secrets: true, command: 'create'},
	},
	pageReview: {
		made: {keys: ['y'], label: msg`I have made it there`, footer: true, changes: true, command: 'add'},
		reveal: {
			keys: ['v'],
			label: msg`show passphrase`,
			about: msg`show the passphrase to type on the page`,
			footer: true,
			secrets: true,
			command: 'add',
		},
		copy: {
			keys: ['c'],
			label: msg`copy passphrase`,
			about: msg`copy the passphrase to your clipboard, to paste it into the page`,
			footer: true,
			secrets: true,
			command: 'add',
		},
	},
	createdKey: {
		copy: {
			keys: ['c'],
			label: msg`copy`,
			about: msg`choose a part of the key, and copy it`,
			footer: true,
			command: 'copy',
		},
		saved: {keys: ['s'], label: msg`I have saved them`, footer: true, command: answers},
		wait: {keys: ['escape'], label: msg`nothing: they stay until they are saved`, command: answers},
	},
	copy: {
		copy: {
			keys: ['return'],
			label: msg`copy`,
			about: msg`send it to the clipboard of your terminal`,
			footer: true,
			command: 'copy',
		},
	},
	test: {
		copy: {
			keys: ['c'],
			label: msg`copy failure`,
			about: msg`copy the failure as text without secrets`,
			footer: true,
			command: 'test',
		},
		remedy: {
			keys: ['f'],
			label: msg`do what is offered`,
			about: msg`do what the test offers: add the address, take the other environment or site, accept`,
			footer: true,
			command: 'edit',
		},
		accept: {
			keys: ['a'],
			label: msg`accept`,
			about: msg`declare what the exchange says`,
			changes: true,
			command: 'edit --accept-live',
		},
		again: {keys: ['t', 'return'], label: msg`test again`, footer: true, command: 'test'},
		prove: {
			keys: ['P'],
			label: msg`prove Trade`,
			about: msg`test again and prove Trade too: asks the exchange to cancel an order that does not exist; nothing is
				traded`,
			footer: true,
			command: 'test --prove-trade',
		},
	},
	incident: {
		copy: {
			keys: ['c'],
			label: msg`copy the report`,
			about: msg`copy the report as Markdown, without secrets`,
			footer: true,
			command: 'incident --report',
		},
		again: {
			keys: ['return'],
			label: msg`go on`,
			about: msg`cut it off if it is not, and read again what its account did`,
			footer: true,
			changes: true,
			command: 'incident',
		},
	},
	testAll: {
		open: {keys: ['return', 'right', 'l'], label: msg`open`, about: msg`open the key`, footer: true, command: 'show'},
		failures: {
			keys: ['f'],
			label: msg`failures`,
			about: msg`show only failures, or all`,
			footer: true,
			command: 'check',
		},
		again: {keys: ['t', 'T'], label: msg`test again`, footer: true, command: 'test --all'},
	},
	importReview: {
		import: {
			keys: ['y'],
			label: msg`yes, import`,
			about: msg`test each new key, and store those that work`,
			footer: true,
			changes: true,
			command: 'import',
		},
		untested: {
			keys: ['ctrl+s'],
			label: msg`import untested`,
			about: msg`store all new keys without asking the exchange`,
			footer: true,
			changes: true,
			command: 'import --no-test',
		},
		leave: {keys: ['escape'], label: msg`another file`, footer: true, command: answers},
	},
	imported: {
		shred: {
			keys: ['D'],
			label: msg`delete the file`,
			about: msg`overwrite and delete the file that the keys came from`,
			footer: true,
			command: 'import --shred',
		},
	},
	otherSites: {
		remedy: {
			keys: ['f'],
			label: msg`store it there`,
			about: msg`store the key as one of the site that knows it`,
			footer: true,
			command: 'edit --site',
		},
		again: {keys: ['t', 'return'], label: msg`ask again`, footer: true, command: 'test --other-sites'},
	},
	palette: {
		run: {keys: ['return'], label: msg`do it`, footer: true, command: moves},
		up: {keys: ['up'], label: msg`up`, command: moves},
		down: {keys: ['down'], label: msg`choose`, about: msg`down`, footer: true, command: moves},
		close: {keys: ['escape'], label: msg`close`, footer: true, command: moves},
	},
	busy: {
		cancel: {keys: ['escape'], label: msg`cancel`, footer: true, command: {why: msg`Ctrl+C stops a command.`}},
	},
	pasteCredential: {
		untested: {
			keys: ['ctrl+s'],
			label: msg`save untested`,
			about: msg`save a key whose test has failed`,
			footer: true,
			changes: true,
			command: 'add --no-test',
		},
	},
	confirm: {
		yes: {keys: ['y'], label: msg`yes`, footer: true, command: answers},
		no: {keys: ['n', 'return', 'escape'], label: msg`no`, footer: true, command: answers},
	},
	confirmFreeze: {
		readOnly: {
			keys: ['r'],
			label: msg`Read only there too`,
			about: msg`also leave the key only Read on the exchange`,
			footer: true,
			changes: true,
			command: 'freeze --read-only',
		},
	},
	confirmByName: {
		enter: {keys: ['return'], label: msg`do it`, footer: true, command: answers},
		no: {keys: ['escape'], label: msg`no`, footer: true, command: answers},
	},
	help: {
		close: {keys: ['?'], label: msg`close help`, command: moves},
		filter: {
			keys: ['/'],
			label: msg`filter`,
			about: msg`show only the keys with these words`,
			footer: true,
			command: moves,
		},
		clear: {keys: ['escape'], label: msg`all keys`, about: msg`clear the filter`, footer: true, command: moves},
	},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Binding>>>>;

export type Scope = keyof typeof keymap;
export type ActionOf<S extends Scope> = keyof (typeof keymap)[S] & string;

/** The heading of each scope in help and the README; scopes with the same heading are listed together. */
export const titles: Readonly<Record<Scope, Translatable>> = {
	frame: msg`Everywhere`,
	list: msg`Moving in a list`,
	keyList: msg`List of keys`,
	emptyVault: msg`List of keys, while it is empty`,
	health: msg`Health`,
	activity: msg`Activity`,
	markedKeys: msg`List of keys`,
	filteredList: msg`List of keys`,
	adopt: msg`On the exchange`,
	settings: msg`Settings`,
	settingValue: msg`Settings`,
	keyBindings: msg`Settings: keys`,
	keyRecorder: msg`Settings: keys`,
	filter: msg`While filtering`,
	key: msg`On a key`,
	keyDetail: msg`On a key`,
	form: msg`In a form`,
	choice: msg`In a choice of one`,
	checkboxes: msg`In a choice of several`,
	unlock: msg`Unlock`,
	autoUnlock: msg`Unlock`,
	vaultMissing: msg`Unlock`,
	olderVault: msg`An older copy of the vault`,
	restoreReview: msg`Before restoring an earlier save`,
	recoveryKey: msg`Recovery key`,
	saveReview: msg`Before saving`,
	createReview: msg`Before creating`,
	pageReview: msg`While making a key on OKX’s page`,
	createdKey: msg`A new key`,
	copy: msg`Copying`,
	test: msg`Test`,
	incident: msg`Incident`,
	testAll: msg`Test all`,
	importReview: msg`Before importing`,
	imported: msg`After an import`,
	otherSites: msg`Asking other sites`,
	palette: msg`All actions`,
	busy: msg`While a call is under way`,
	pasteCredential: msg`While making a key on OKX’s page`,
	confirm: msg`Confirm`,
	confirmFreeze: msg`Confirm`,
	confirmByName: msg`Confirm by name`,
	help: msg`Help`,
};
