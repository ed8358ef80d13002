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
};

/** Every key of the program. Screens bind handlers to actions, never to keys. */
export const keymap = {
	frame: {
		back: {keys: ['escape'], label: msg`back`, footer: true, yields: true},
		nextPane: {
			keys: ['tab', 'ctrl+o'],
			label: msg`next pane`,
			about: msg`give the keyboard to the next pane, from a form after its last field`,
			footer: true,
			yields: true,
		},
		previousPane: {
			keys: ['shift+tab'],
			label: msg`previous pane`,
			about: msg`give the keyboard to the pane before, from a form before its first field`,
			yields: true,
		},
		firstPane: {keys: ['1'], label: msg`first pane`, about: msg`give the keyboard to the first pane`},
		secondPane: {keys: ['2'], label: msg`second pane`, about: msg`give the keyboard to the second pane`},
		thirdPane: {keys: ['3'], label: msg`third pane`, about: msg`give the keyboard to the third pane`},
		lock: {keys: ['L'], label: msg`lock`, about: msg`lock the vault`, footer: true},
		help: {keys: ['?'], label: msg`help`, about: msg`every key of the screen`, footer: true, yields: true},
		quit: {keys: ['q', 'ctrl+c'], label: msg`quit`, footer: true},
		palette: {keys: [':', 'ctrl+p'], label: msg`actions`, about: msg`everything that can be done now, by its name`},
		suspend: {keys: ['ctrl+z'], label: msg`suspend`, about: msg`go to the shell; fg comes back`},
	},
	list: {
		up: {keys: ['up', 'k'], label: msg`up`},
		down: {keys: ['down', 'j'], label: msg`down`},
		pageUp: {keys: ['pageup', 'ctrl+u'], label: msg`page up`},
		pageDown: {keys: ['pagedown', 'ctrl+d'], label: msg`page down`},
		first: {keys: ['g', 'home'], label: msg`first`},
		last: {keys: ['G', 'end'], label: msg`last`},
	},
	keyList: {
		open: {keys: ['return', 'right', 'l'], label: msg`open`, about: msg`open the key`, footer: true},
		create: {keys: ['n'], label: msg`new`, about: msg`make a new key`, footer: true, changes: true, secrets: true},
		filter: {
			keys: ['/'],
			label: msg`filter`,
			about: msg`filter: words and tag: perm: ip: health: site: env:`,
			footer: true,
		},
		sort: {keys: ['s'], label: msg`sort`, about: msg`sort by name, risk, last test, days left, age or tag`},
		testAll: {keys: ['T'], label: msg`test all`, about: msg`test all keys that are shown, live`, footer: true},
		health: {keys: ['H'], label: msg`health`, about: msg`how many keys have which risk, and which keys are worst`},
		activity: {keys: ['y'], label: msg`activity`, about: msg`who did what and when`},
		adopt: {
			keys: ['E'],
			label: msg`on the exchange`,
			about: msg`what the exchange has of the keys of sub-accounts beside what is here`,
		},
		settings: {keys: [','], label: msg`settings`, about: msg`change times, colours, language and keys`},
		import: {keys: ['i'], label: msg`import`, about: msg`take keys from a file, such as that of a bot`, changes: true},
		mark: {keys: [' '], label: msg`mark`, about: msg`mark the key or unmark it, and go to the next`},
		markAll: {keys: ['*'], label: msg`mark all`, about: msg`mark all keys that are shown, or unmark them`},
	},
	activity: {
		filter: {keys: ['/'], label: msg`filter`, about: msg`show the entries with these words only`, footer: true},
		clear: {keys: ['escape'], label: msg`all entries`, about: msg`clear the filter`, footer: true},
	},
	adopt: {
		import: {
			keys: ['i'],
			label: msg`import`,
			about: msg`store a key that is unknown here`,
			footer: true,
			changes: true,
		},
		delete: {
			keys: ['x'],
			label: msg`delete`,
			about: msg`delete the key, or those that are marked, on the exchange`,
			footer: true,
			changes: true,
		},
		accept: {
			keys: ['a'],
			label: msg`accept`,
			about: msg`declare what the exchange has, mark a key that is gone as revoked, or take one back into use`,
			footer: true,
			changes: true,
		},
		enforce: {
			keys: ['w'],
			label: msg`enforce`,
			about: msg`set the exchange to what is declared`,
			footer: true,
			changes: true,
		},
		known: {keys: ['o'], label: msg`kept elsewhere`, about: msg`note that the key is kept elsewhere`, changes: true},
		mark: {keys: [' '], label: msg`mark`, about: msg`mark the key to be deleted, or unmark it`},
		again: {keys: ['t'], label: msg`ask again`, about: msg`ask the exchange again`, footer: true},
	},
	settings: {
		change: {
			keys: ['return'],
			label: msg`change`,
			about: msg`take the next choice, type another value, or list the keys`,
			footer: true,
		},
		previous: {keys: ['left', 'h'], label: msg`previous choice`, changes: true},
		next: {keys: ['right', 'l'], label: msg`next choice`, changes: true},
		reset: {keys: ['r'], label: msg`default`, about: msg`go back to the default`, footer: true, changes: true},
	},
	settingValue: {
		save: {keys: ['return'], label: msg`save`, footer: true, changes: true},
		cancel: {keys: ['escape'], label: msg`leave it`, footer: true},
	},
	keyBindings: {
		record: {
			keys: ['return'],
			label: msg`change`,
			about: msg`press the only key that it is to have`,
			footer: true,
			changes: true,
		},
		add: {
			keys: ['a'],
			label: msg`add a key`,
			about: msg`press a key that it is to have too`,
			footer: true,
			changes: true,
		},
		reset: {keys: ['r'], label: msg`usual keys`, about: msg`go back to the usual keys`, footer: true, changes: true},
		filter: {keys: ['/'], label: msg`filter`, about: msg`show the actions with these words only`, footer: true},
	},
	keyRecorder: {
		cancel: {keys: ['escape'], label: msg`leave it`, footer: true},
	},
	emptyVault: {
		choose: {keys: ['return', 'right', 'l'], label: msg`choose`, about: msg`do what is selected`, footer: true},
		sandbox: {keys: ['S'], label: msg`sandbox`, about: msg`how to try the program without an account`, footer: true},
	},
	health: {
		open: {keys: ['return'], label: msg`show its keys`, about: msg`list the keys that have it`, footer: true},
		left: {keys: ['left', 'h'], label: msg`left`},
		right: {keys: ['right', 'l'], label: msg`right`},
	},
	markedKeys: {
		clear: {keys: ['escape'], label: msg`unmark`, about: msg`unmark all keys`, footer: true},
	},
	filteredList: {
		clear: {keys: ['escape'], label: msg`all keys`, about: msg`clear the filter`, footer: true},
	},
	filter: {
		accept: {keys: ['return'], label: msg`done`, footer: true},
		cancel: {keys: ['escape'], label: msg`clear`, footer: true},
	},
	key: {
		test: {keys: ['t'], label: msg`test`, about: msg`test the key live`, footer: true},
		edit: {
			keys: ['e'],
			label: msg`edit`,
			about: msg`change name, description, IPs or tags`,
			footer: true,
			changes: true,
		},
		accept: {
			keys: ['a'],
			label: msg`accept`,
			about: msg`declare what the exchange said in the last test`,
			footer: true,
			changes: true,
		},
		permissions: {
			keys: ['p'],
			label: msg`perms`,
			about: msg`turn Trade and Withdraw on or off`,
			footer: true,
			changes: true,
		},
		copy: {keys: ['c'], label: msg`copy`, about: msg`choose a part of the key, and copy it to your clipboard`},
		reveal: {keys: ['v'], label: msg`view secrets`, about: msg`show the secrets for 10 seconds`, secrets: true},
		rotate: {
			keys: ['R'],
			label: msg`rotate`,
			about: msg`put a new key of the same settings in its place, then revoke the old one`,
			changes: true,
		},
		freeze: {
			keys: ['F'],
			label: msg`freeze`,
			about: msg`let nothing use the key for now, or let it be used again`,
			changes: true,
		},
		revoke: {keys: ['x'], label: msg`revoke`, about: msg`delete the key on the exchange`, dangerous: 'revoke'},
		incident: {
			keys: ['I'],
			label: msg`incident`,
			about: msg`cut off a key that may be leaked, then see what its account did`,
			dangerous: 'incident',
		},
		remove: {keys: ['D'], label: msg`remove`, about: msg`put the key into the trash of the vault`, dangerous: 'remove'},
		tags: {keys: ['#'], label: msg`tags`, about: msg`add tags or remove them`, changes: true},
		addresses: {
			keys: ['A'],
			label: msg`addresses`,
			about: msg`add addresses to the allow-list, remove them, or replace one by another`,
			changes: true,
		},
		history: {keys: ['Y'], label: msg`history`, about: msg`who did what with the key, and when`},
		undo: {keys: ['u'], label: msg`undo`, about: msg`undo the last change of keys in this vault`, changes: true},
	},
	keyDetail: {
		leave: {keys: ['left', 'h'], label: msg`back to the list`},
	},
	form: {
		enter: {keys: ['return'], label: msg`next`, footer: true},
		next: {keys: ['tab', 'down'], label: msg`next field`, footer: true},
		previous: {keys: ['shift+tab', 'up'], label: msg`previous field`},
		forward: {keys: ['pagedown'], label: msg`next step`, about: msg`go on from any field`},
		backward: {keys: ['pageup'], label: msg`previous step`},
		back: {keys: ['escape'], label: msg`back`, footer: true},
	},
	choice: {
		up: {keys: ['up', 'k'], label: msg`up`},
		down: {keys: ['down', 'j'], label: msg`choose`, about: msg`down`, footer: true},
	},
	checkboxes: {
		up: {keys: ['up', 'k'], label: msg`up`},
		down: {keys: ['down', 'j'], label: msg`down`},
		toggle: {keys: [' '], label: msg`on or off`, footer: true},
	},
	unlock: {
		enter: {keys: ['return'], label: msg`unlock`, footer: true},
	},
	autoUnlock: {
		enter: {
			keys: ['return'],
			label: msg`ask the agent`,
			about: msg`with nothing typed: open it with the agent or the ssh-agent`,
			footer: true,
		},
	},
	vaultMissing: {
		create: {keys: ['ctrl+n'], label: msg`make a new vault`, footer: true, changes: true, secrets: true},
	},
	olderVault: {
		accept: {keys: ['y'], label: msg`yes, open it`, about: msg`open the older copy as it is`, footer: true},
		restore: {
			keys: ['r'],
			label: msg`earlier save`,
			about: msg`look at the newest earlier save that is kept`,
			footer: true,
		},
		leave: {keys: ['n', 'return', 'escape'], label: msg`no`, about: msg`leave everything as it is`, footer: true},
	},
	restoreReview: {
		restore: {keys: ['y'], label: msg`yes, restore it`, footer: true, changes: true},
		leave: {keys: ['n', 'return', 'escape'], label: msg`no`, about: msg`leave everything as it is`, footer: true},
	},
	recoveryKey: {
		written: {keys: ['w'], label: msg`I have written it down`, footer: true},
		wait: {keys: ['escape'], label: msg`nothing: it stays until it is written down`},
	},
	saveReview: {
		save: {keys: ['y'], label: msg`yes, save`, footer: true, changes: true},
	},
	createReview: {
		create: {keys: ['y'], label: msg`yes, create it`, footer: true, changes: true, secrets: true},
	},
	pageReview: {
		made: {keys: ['y'], label: msg`I have made it there`, footer: true, changes: true},
		reveal: {
			keys: ['v'],
			label: msg`show passphrase`,
			about: msg`show the passphrase to type on the page`,
			footer: true,
			secrets: true,
		},
		copy: {
			keys: ['c'],
			label: msg`copy passphrase`,
			about: msg`copy the passphrase to your clipboard, to paste it into the page`,
			footer: true,
			secrets: true,
		},
	},
	createdKey: {
		copy: {keys: ['c'], label: msg`copy`, about: msg`choose a part of the key, and copy it`, footer: true},
		saved: {keys: ['s'], label: msg`I have saved them`, footer: true},
		wait: {keys: ['escape'], label: msg`nothing: they stay until they are saved`},
	},
	copy: {
		copy: {keys: ['return'], label: msg`copy`, about: msg`send it to the clipboard of your terminal`, footer: true},
	},
	test: {
		copy: {keys: ['c'], label: msg`copy failure`, about: msg`copy the failure as text without secrets`, footer: true},
		remedy: {
			keys: ['f'],
			label: msg`do what is offered`,
			about: msg`do what the test offers: add the address, take the other environment or site, accept`,
			footer: true,
		},
		accept: {keys: ['a'], label: msg`accept`, about: msg`declare what the exchange says`, changes: true},
		again: {keys: ['t', 'return'], label: msg`test again`, footer: true},
		prove: {
			keys: ['P'],
			label: msg`prove Trade`,
			about: msg`test again and prove Trade too: asks the exchange to cancel an order that does not exist; nothing is
				traded`,
			footer: true,
		},
	},
	incident: {
		copy: {
			keys: ['c'],
			label: msg`copy the report`,
			about: msg`copy the report as Markdown, without secrets`,
			footer: true,
		},
		again: {
			keys: ['return'],
			label: msg`go on`,
			about: msg`cut it off if it is not, and read again what its account did`,
			footer: true,
			changes: true,
		},
	},
	testAll: {
		open: {keys: ['return', 'right', 'l'], label: msg`open`, about: msg`open the key`, footer: true},
		failures: {keys: ['f'], label: msg`failures`, about: msg`show only failures, or all`, footer: true},
		again: {keys: ['t', 'T'], label: msg`test again`, footer: true},
	},
	importReview: {
		import: {
			keys: ['y'],
			label: msg`yes, import`,
			about: msg`test each new key, and store those that work`,
			footer: true,
			changes: true,
		},
		untested: {
			keys: ['ctrl+s'],
			label: msg`import untested`,
			about: msg`store all new keys without asking the exchange`,
			footer: true,
			changes: true,
		},
		leave: {keys: ['escape'], label: msg`another file`, footer: true},
	},
	imported: {
		shred: {
			keys: ['D'],
			label: msg`delete the file`,
			about: msg`overwrite and delete the file that the keys came from`,
			footer: true,
		},
	},
	otherSites: {
		remedy: {
			keys: ['f'],
			label: msg`store it there`,
			about: msg`store the key as one of the site that knows it`,
			footer: true,
		},
		again: {keys: ['t', 'return'], label: msg`ask again`, footer: true},
	},
	palette: {
		run: {keys: ['return'], label: msg`do it`, footer: true},
		up: {keys: ['up'], label: msg`up`},
		down: {keys: ['down'], label: msg`choose`, about: msg`down`, footer: true},
		close: {keys: ['escape'], label: msg`close`, footer: true},
	},
	busy: {
		cancel: {keys: ['escape'], label: msg`cancel`, footer: true},
	},
	pasteCredential: {
		untested: {
			keys: ['ctrl+s'],
			label: msg`save untested`,
			about: msg`save a key whose test has failed`,
			footer: true,
			changes: true,
		},
	},
	confirm: {
		yes: {keys: ['y'], label: msg`yes`, footer: true},
		no: {keys: ['n', 'return', 'escape'], label: msg`no`, footer: true},
	},
	confirmFreeze: {
		readOnly: {
			keys: ['r'],
			label: msg`Read only there too`,
			about: msg`also leave the key only Read on the exchange`,
			footer: true,
			changes: true,
		},
	},
	confirmByName: {
		enter: {keys: ['return'], label: msg`do it`, footer: true},
		no: {keys: ['escape'], label: msg`no`, footer: true},
	},
	help: {
		close: {keys: ['?'], label: msg`close help`},
		filter: {keys: ['/'], label: msg`filter`, about: msg`show the keys with these words only`, footer: true},
		clear: {keys: ['escape'], label: msg`all keys`, about: msg`clear the filter`, footer: true},
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
