import {keyByName, refuseReadonly} from '../actions/keys.ts';
import {takeInventory} from '../actions/inventory/take.ts';
import type {Inventory} from '../actions/inventory/inventory.ts';
import {AppError} from '../core/errors.ts';
import type {Exit} from '../core/exit-status.ts';
import {defineCommand, several, type Session} from '../cli/command.ts';
import {flag, repeatable, text, type ValuesOf} from '../cli/option.ts';
import {yesOption} from '../cli/options.ts';
import {showProgress} from '../cli/test-report.ts';
import {unlock} from '../cli/unlock.ts';
import {acceptKeys, deleteKeys, forgetKeys, importKey, noteKeys} from './adopt/changes.ts';
import {printInventory} from './adopt/report.ts';
import {differingByName, listedByWord} from './adopt/selection.ts';
import {editSeveral} from './several/edit.ts';
import {msg, t} from '../language/translate.ts';

const options = {
	using: text('--using <key>', msg`the main-account key of this vault that lists them; otherwise all that can`),
	import: text(
		'--import <listed>',
		msg`store a key that is unknown here; its credential is asked for, or read as by add`,
	),
	name: text('--name <name>', msg`with --import: the name in this vault, if not that on the exchange`, []),
	noTest: flag('--no-test', msg`with --import: store it without a test`),
	delete: repeatable(
		'--delete <listed>',
		msg`delete a key on the exchange that this vault does not use; may be repeated`,
	),
	known: repeatable(
		'--known <listed>',
		msg`note that a key is kept elsewhere, so that it is not reported; may be repeated`,
	),
	note: text('--note <text>', msg`with --known: who has the key, or what it is for`),
	unknown: repeatable('--unknown <listed>', msg`report such a key again; may be repeated`),
	accept: repeatable('--accept <key>', msg`declare what the exchange has for a key of this vault; may be repeated`),
	enforce: repeatable(
		'--enforce <key>',
		msg`set the exchange to what is declared for a key of this vault; may be repeated`,
	),
	yes: yesOption,
};
type Given = ValuesOf<typeof options>;

const changes = ['import', 'delete', 'known', 'unknown', 'accept', 'enforce'] as const;
type ChangeName = (typeof changes)[number];

export const adoptCommand = defineCommand({
	name: 'adopt',
	summary: msg`list keys of sub-accounts that differ between the exchange and this vault; import, delete or accept
		them`,
	examples: [
		msg`okx-keys adopt`,
		msg`okx-keys adopt --import oldbots01/telegrambot --name telegram`,
		msg`okx-keys adopt --delete oldbots01/telegrambot --yes`,
	],
	operand: several('subaccounts', []),
	options,
	async run(session, {operand: subAccounts, options}) {
		const {context} = session;
		const change = changeIn(options);
		if (change !== undefined) refuseReadonly(context);
		await unlock(session);
		const content = context.vault.read();
		if (change === 'enforce')
			return editSeveral(
				session,
				[...new Set(options.enforce.map(name => keyByName(content, name).id))],
				{enforcesDeclared: true},
				options,
			);
		const using = options.using === undefined ? undefined : keyByName(content, options.using).id;
		const inventory = await read(session, subAccounts, using);
		return change === undefined ? printInventory(session, inventory) : carryOut(session, inventory, change, options);
	},
});

function changeIn(given: Given): ChangeName | undefined {
	const isGiven = (name: ChangeName) => (name === 'import' ? given.import !== undefined : given[name].length > 0);
	const [change, other] = changes.filter(name => isGiven(name));
	if (other !== undefined) throw new AppError('usage', {problem: t`--${change!} and --${other} exclude each other.`});
	const needed = [
		[given.name !== undefined, '--name', 'import'],
		[given.noTest, '--no-test', 'import'],
		[given.note !== undefined, '--note', 'known'],
	] as const;
	for (const [isThere, option, wanted] of needed)
		if (isThere && change !== wanted) throw new AppError('usage', {problem: t`${option} goes with --${wanted} only.`});
	return change;
}

async function read(session: Session, subAccounts: readonly string[], using: string | undefined): Promise<Inventory> {
	const {context, io} = session;
	const show = showProgress(session);
	const inventory = await io.wait(t`Asking the exchange…`, async () =>
		takeInventory(context, {subAccounts, using, signal: io.stopSignal(), onDone: show}),
	);
	io.progress('');
	return inventory;
}

async function carryOut(
	session: Session,
	inventory: Inventory,
	change: Exclude<ChangeName, 'enforce'>,
	given: Given,
): Promise<Exit> {
	switch (change) {
		case 'import':
			return importKey(session, listedByWord(inventory, [given.import!])[0]!, given);
		case 'delete':
			return deleteKeys(session, listedByWord(inventory, given.delete), given);
		case 'known':
			return noteKeys(session, listedByWord(inventory, given.known), given.note ?? '');
		case 'unknown':
			return forgetKeys(session, listedByWord(inventory, given.unknown));
		case 'accept':
			return acceptKeys(session, differingByName(inventory, given.accept));
		default:
			return change satisfies never;
	}
}
