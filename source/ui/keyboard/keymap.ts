import type {ConfirmableActionName} from '../confirmations.ts';

export type Binding = {
	readonly keys: readonly [string, ...string[]];
	readonly label: string;
	/** For help and the README, where the label is not enough. */
	readonly about?: string;
	readonly footer?: true;
	/** Changes something: not available with --readonly. */
	readonly changes?: true;
	/** Cannot be undone: opens the confirm screen for this act, and is not available with --readonly. */
	readonly dangerous?: ConfirmableActionName;
	/** A screen may override the key; only bindings of the frame yield. */
	readonly yields?: true;
};

/** Every key of the program. Screens bind handlers to actions, never to keys. */
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
	keyList: {
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
	filteredList: {
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
	keyDetail: {
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
	checkboxes: {
		up: {keys: ['up', 'k'], label: 'up'},
		down: {keys: ['down', 'j'], label: 'down'},
		toggle: {keys: [' '], label: 'on or off', footer: true},
	},
	unlock: {
		enter: {keys: ['return'], label: 'unlock', footer: true},
	},
	autoUnlock: {
		enter: {
			keys: ['return'],
			label: 'ask the agent',
			about: 'with nothing typed: open it with the agent or the ssh-agent',
			footer: true,
		},
	},
	vaultMissing: {
		create: {keys: ['ctrl+n'], label: 'make a new vault', footer: true, changes: true},
	},
	olderVault: {
		accept: {keys: ['y'], label: 'yes, open it', about: 'open the older copy as it is', footer: true},
		restore: {keys: ['r'], label: 'earlier save', about: 'look at the newest earlier save that is kept', footer: true},
		leave: {keys: ['n', 'return', 'escape'], label: 'no', about: 'leave everything as it is', footer: true},
	},
	restoreReview: {
		restore: {keys: ['y'], label: 'yes, restore it', footer: true, changes: true},
		leave: {keys: ['n', 'return', 'escape'], label: 'no', about: 'leave everything as it is', footer: true},
	},
	recoveryKey: {
		written: {keys: ['w'], label: 'I have written it down', footer: true},
		wait: {keys: ['escape'], label: 'nothing: it stays until w'},
	},
	saveReview: {
		save: {keys: ['y'], label: 'yes, save', footer: true, changes: true},
	},
	createReview: {
		create: {keys: ['y'], label: 'yes, create it', footer: true, changes: true},
	},
	pageReview: {
		made: {keys: ['y'], label: 'I have made it there', footer: true, changes: true},
		reveal: {keys: ['v'], label: 'show passphrase', about: 'show the passphrase to type on the page', footer: true},
	},
	createdKey: {
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
	otherSites: {
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
	pasteCredential: {
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
	confirmByName: {
		enter: {keys: ['return'], label: 'do it', footer: true},
		no: {keys: ['escape'], label: 'no', footer: true},
	},
	help: {
		close: {keys: ['?'], label: 'close help'},
	},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Binding>>>>;

export type Scope = keyof typeof keymap;
export type ActionOf<S extends Scope> = keyof (typeof keymap)[S] & string;

/** The heading of each scope in help and the README; scopes with the same heading are listed together. */
export const titles: Readonly<Record<Scope, string>> = {
	frame: 'Everywhere',
	list: 'Moving in a list',
	keyList: 'List of keys',
	health: 'Health',
	filteredList: 'List of keys',
	filter: 'While filtering',
	key: 'On a key',
	keyDetail: 'On a key',
	form: 'In a form',
	choice: 'In a choice of one',
	checkboxes: 'In a choice of several',
	unlock: 'Unlock',
	autoUnlock: 'Unlock',
	vaultMissing: 'Unlock',
	olderVault: 'An older copy of the vault',
	restoreReview: 'Before restoring an earlier save',
	recoveryKey: 'Recovery key',
	saveReview: 'Before saving',
	createReview: 'Before creating',
	pageReview: 'While making a key on OKX’s page',
	createdKey: 'A new key',
	test: 'Test',
	testAll: 'Test all',
	otherSites: 'Asking other sites',
	palette: 'All actions',
	busy: 'While a call is under way',
	pasteCredential: 'While making a key on OKX’s page',
	confirm: 'Confirm',
	confirmByName: 'Confirm by name',
	help: 'Help',
};
