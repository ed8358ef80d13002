import {bindingsOf} from '../../source/ui/keyboard/bindings.ts';
import {shownKey} from '../../source/ui/keyboard/key-names.ts';

/** Keys are named by their action, such as `keyList.create`, so that the pictures follow the keymap. */
export function keyOf(action) {
	const [scope, name] = action.split('.');
	const binding = bindingsOf(scope)?.[name];
	if (!binding) throw new Error(`There is no action ${action} in the keymap.`);
	return {key: binding.keys[0], shown: shownKey(binding.keys[0])};
}

const press = (...actions) => actions.map(action => ({press: action}));
const type = letters => ({type: letters});
const see = text => ({see: text});
/** Moves down the list to a key. */
const select = name => ({select: name});
/** Puts the caption of the film below the steps that follow. */
const say = caption => ({say: caption});
/** Holds the film still, ms. */
const hold = ms => ({hold: ms});
/** What follows is not recorded, until the next `say`. */
const cut = {cut: true};

const hour = 3_600_000;
const day = 24 * hour;

const of = account => ['--sub-account', account, '--using', 'main'];

/** What was done before the pictures are taken, and how long before, ms. */
export const past = [
	[12 * day, 'create', 'old-grid', '--perm', 'trade', '--description', 'Grid bot of last spring'],
	[12 * day, 'create', 'tax-2026', '--description', 'Read only, for the tax report'],
	[5 * day, 'create', 'payout', '--perm', 'trade,withdraw', '--ip', '127.0.0.1'],
	[5 * day, 'edit', 'payout', '--description', 'Pays the weekly fees'],
	[2 * day, 'create', 'grid-eth', ...of('gridbots01'), '--perm', 'trade', '--ip', '127.0.0.1'],
	[2 * day, 'edit', 'grid-eth', '--description', 'Grid bot on ETH-USDT, server fra-2', '--tag', 'fra-2'],
	[2 * day, 'create', 'hedge', ...of('quantdesk01'), '--perm', 'trade', '--ip', '127.0.0.1'],
	[2 * day, 'create', 'dca-sol', ...of('gridbots01'), '--perm', 'trade', '--ip', '127.0.0.1'],
	[2 * day, 'create', 'mm-btc', '--perm', 'trade', '--ip', '203.0.113.7', '--description', 'Market maker on BTC'],
	[26 * hour, 'test', 'tax-2026'],
	[3 * hour, 'test', 'payout'],
	[3 * hour, 'test', 'main'],
	[2 * hour, 'test', 'hedge'],
	[2 * hour, 'test', 'dca-sol'],
	[hour, 'test', 'grid-eth'],
	[hour, 'test', 'mm-btc'],
];

/** The new name and description of the wizard. */
const wizard = [
	...press('keyList.create'),
	see('step 1 of 6'),
	type('grid-sol'),
	...press('form.next'),
	type('Grid bot on SOL-USDT, server fra-2'),
	...press('form.forward'),
	see('Sub-account gridbots01'),
];

export const pictures = [
	{
		file: 'keys.svg',
		about: 'The list of keys, with an open key in a pane beside it',
		steps: [select('grid-eth'), ...press('keyList.open'), see('2 grid-eth')],
	},
	{
		file: 'create.svg',
		about: 'The wizard that makes a key, at its permissions',
		steps: [
			...wizard,
			...press('choice.down', 'form.forward'),
			see('step 3 of 6'),
			...press('checkboxes.toggle'),
			see('Trade'),
		],
	},
	{
		file: 'test.svg',
		about: 'A test that fails, with its cause and what to do',
		steps: [select('mm-btc'), ...press('key.test'), see('(50110)')],
	},
	{
		file: 'health.svg',
		about: 'The risks of all keys, and the worst keys',
		steps: [...press('keyList.health'), see('Worst first')],
	},
	{
		file: 'permissions.svg',
		about: 'The difference before permissions are changed on the exchange',
		steps: [
			select('hedge'),
			...press('key.permissions'),
			see('Enter shows what would change'),
			...press('checkboxes.toggle', 'form.enter'),
			see('This would change hedge'),
		],
	},
];

export const film = {
	file: 'tour.svg',
	about: 'A failed test, its remedy, a new key and the health of all keys, one after another',
	steps: [
		say('okx-keys --sandbox: eight keys, one selected'),
		select('mm-btc'),
		hold(1500),
		say(`${keyOf('key.test').shown} tests the selected key`),
		...press('key.test'),
		see('(50110)'),
		hold(3500),
		say(`${keyOf('test.remedy').shown} does what the test offers: here, it adds the address`),
		...press('test.remedy'),
		see('This would change mm-btc'),
		hold(2500),
		say(`${keyOf('saveReview.save').shown} saves the difference`),
		...press('saveReview.save'),
		see('is changed'),
		hold(1500),
		say(`${keyOf('test.again').shown} tests it again, and the list beside it follows`),
		...press('test.again'),
		see('The key works'),
		hold(3000),
		say(`${keyOf('keyList.create').shown} makes a key, in the steps of the exchange’s own page`),
		...press('frame.back', 'keyList.create'),
		see('step 1 of 6'),
		type('grid-sol'),
		...press('form.next'),
		type('Grid bot on SOL'),
		hold(800),
		...press('form.forward'),
		see('Sub-account gridbots01'),
		...press('choice.down'),
		hold(1500),
		...press('form.forward', 'checkboxes.toggle'),
		hold(1500),
		...press('form.forward'),
		type('127.0.0.1'),
		hold(800),
		...press('form.forward'),
		see('step 5 of 6'),
		hold(2500),
		cut,
		...press('createReview.create'),
		see('I have saved them'),
		...press('createdKey.saved'),
		see('is on the exchange'),
		say('Both parts of the key were shown once, which is left out here'),
		hold(2500),
		say(`${keyOf('keyList.health').shown} counts the risks of all keys`),
		...press('keyDetail.leave', 'keyList.health'),
		see('Worst first'),
		hold(4000),
	],
};
