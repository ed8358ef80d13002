import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {liveKeys} from '../../source/actions/keys.ts';
import {width} from '../../source/core/text/width.ts';
import type {Route} from '../../source/ui/routes.ts';
import {openApp} from '../helpers/app.tsx';
import {hostileTexts} from '../helpers/hostile.ts';
import {hostileExchange, hostileKeys} from '../helpers/hostile-keys.ts';
import {expectOwnRows, hostileSizes} from '../helpers/hostile-screen.ts';
import {world} from '../helpers/world.ts';

type Form = {
	readonly start: (ids: readonly string[]) => Route;
	/** What is pressed; at each `text`, four of the texts are pasted, one after another. */
	readonly keys: readonly string[];
};

const text = '<text>';
const named = ['gridbot', 'PgDn'];
const toAccess = [...named, 'PgDn', 'PgDn'];
const create = (...keys: readonly string[]): Form => ({start: () => ({screen: 'create'}), keys});
const editOf = (...keys: readonly string[]): Form => ({start: ([id]) => ({screen: 'edit', id: id!}), keys});
const list = (...keys: readonly string[]): Form => ({start: () => ({screen: 'keys'}), keys});

/** Every line that a person can type into, and what follows from it. */
const forms: Readonly<Record<string, Form>> = {
	'name of a new key': create(text, 'Tab', text, 'PgDn'),
	'description of a new key': create('gridbot', 'Tab', text, 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'PgUp'),
	'addresses of a new key': create(...toAccess, text, 'PgDn'),
	'credential of a new key': create(...toAccess, '127.0.0.1', 'PgDn', 'y', text, 'Tab', text, 'PgDn'),
	'name and description of a key': editOf('Ctrl+U', text, 'Tab', text, 'PgDn', 'y'),
	'addresses of a key': editOf('Tab', 'Tab', 'Ctrl+U', text, 'PgDn', 'y'),
	'tags of a key': editOf('Tab', 'Tab', 'Tab', 'Ctrl+U', text, 'PgDn', 'y'),
	'users of a key': editOf('Tab', 'Tab', 'Tab', 'Tab', text, 'PgDn', 'y'),
	'expiry of a key': editOf('Tab', 'Tab', 'Tab', 'Tab', 'Tab', text, 'PgDn', 'y'),
	'tags of marked keys': list('*', '#', text, 'Tab', text, 'PgDn', 'y'),
	'addresses of marked keys': list('*', 'A', text, 'Tab', text, 'Tab', text, 'PgDn'),
	'number of removed keys': list('*', 'D', text, 'Enter'),
	'filter of the list': list('/', text, 'Enter', 'Esc'),
	'search of the actions': list(':', text, 'Enter'),
	'search of help': list('?', '/', text, 'Enter'),
	'file of an import': list('i', text, 'Enter'),
	'time of the settings': list(',', 'Enter', 'Ctrl+U', text, 'Enter'),
	'host of the settings': list(',', 'Down', 'Down', 'Down', 'Enter', text, 'Enter'),
	'search of the key bindings': {start: () => ({screen: 'keyBindings'}), keys: ['/', text, 'Enter', 'Enter']},
	'name that confirms': {
		start: ([id]) => ({screen: 'confirm', danger: {act: 'revoke', id: id!}}),
		keys: [text, 'Enter'],
	},
};

/** How many programs run at once: one waits most of its time for frames. */
const atOnce = 4;
const textsAtOnce = 4;
const groups = Array.from({length: hostileTexts.length / textsAtOnce}, (_, index) =>
	hostileTexts.slice(index * textsAtOnce, (index + 1) * textsAtOnce),
);
/** Texts that could be too wide are typed at all sizes, the others in rotation. */
const programs = groups.flatMap((texts, index) =>
	texts.some(one => width(one) > 40)
		? hostileSizes.map(size => ({texts, size}))
		: [{texts, size: hostileSizes[index % hostileSizes.length]!}],
);

/** Whatever the keys are of, asks the hostile exchange. */
async function hostileWorld(): Promise<Context> {
	const site = await hostileExchange();
	const {context} = await world({sandbox: false, keys: hostileKeys(site).slice(0, 3)});
	const {exchange} = context;
	const call: typeof exchange.call = async (name, parameters, target, options) =>
		exchange.call(name, parameters, {...target, site}, options);
	return {...context, exchange: {...exchange, call, locate: async () => exchange.locate(site)}};
}

test.each(Object.entries(forms))(
	'hostile-text-typed: %s shows what is pasted as text that steers nothing, in rows that fit',
	async (_, {start, keys}) => {
		const context = await hostileWorld();
		const ids = liveKeys(context.vault.read()).map(({id}) => id);
		const run = async ({texts, size: [columns, rows]}: (typeof programs)[number]) => {
			const {terminal, app} = await openApp(context, {start: start(ids), columns, rows});
			for (const [at, key] of keys.entries()) {
				if (key !== text) {
					await terminal.press(key);
					expectOwnRows(terminal, {texts, keys, key});
					continue;
				}

				for (const [index, given] of texts.entries()) {
					// Each of them is drawn where the cursor is.
					await terminal.paste(index === 0 ? given : ` ${given}`);
					expectOwnRows(terminal, {given, keys});
					// Fields of secrets come after those that are shown.
					if (at === keys.indexOf(text) && /^[ -~]+$/.test(given)) expect(terminal.screen).toContain(given.slice(-4));
				}
			}

			app.unmount();
		};
		const waiting = programs.values();
		await Promise.all(
			Array.from({length: atOnce}, async () => {
				for (const program of waiting) await run(program);
			}),
		);
	},
	60_000,
);
