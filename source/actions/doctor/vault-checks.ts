import {isAppError} from '../../core/errors.ts';
import {suggestedCommand} from '../../core/invocation.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shellQuotePath} from '../../core/text/shell.ts';
import {listed, msg, t, type Translatable} from '../../language/translate.ts';
import {agentReport} from '../../agent/client.ts';
import {findAgentEndpoint} from '../agent.ts';
import {bad, ok, skipped, warn, type Check, type Result, type Surroundings} from './check.ts';
import type {FileState} from './machine.ts';

/** A passphrase that takes longer keeps people waiting, ms. */
const slow = 3000;

const noVault = msg`There is no vault yet.`;

const opened = {
	passphrase: msg`a passphrase`,
	recovery: msg`a recovery key`,
	keyfile: msg`a key file`,
	'ssh-agent': msg`an SSH key`,
};

export const vaultChecks: readonly Check[] = [
	{
		id: 'vault',
		title: msg`Vault`,
		async run({context: {vault}}) {
			const path = sanitize(vault.path);
			try {
				const {slots} = await vault.readHeader();
				const methods = [...new Set(slots)].map(type => opened[type]);
				return ok(() => t`${path} opens with ${listed(methods.map(method => method()))}.`);
			} catch (error) {
				if (isAppError(error, 'vault-missing'))
					return warn(msg`There is no vault at ${path}.`, () => t`Make one with ${suggestedCommand('init')}.`);
				if (isAppError(error)) return bad(error);
				throw error;
			}
		},
	},
	{
		id: 'vault-folder',
		title: msg`Vault folder`,
		run({context: {vault}, machine}) {
			const state = machine.vaultFolder(vault.path);
			return ofFile(state, msg`Only you can change what is in it.`, noVault);
		},
	},
	{
		id: 'backups',
		title: msg`Earlier saves`,
		run({context: {vault}, machine}) {
			const files = machine.backupsOf(vault.path);
			const failed = files.map(file => machine.vaultFile(file)).find(state => typeof state === 'object');
			if (failed) return bad(failed);
			if (files.length === 0) return skipped(msg`There are none yet.`);
			if (files.length === 1) return ok(msg`One file, which only you can read.`);
			return ok(msg`${files.length} files, which only you can read.`);
		},
	},
	{
		id: 'unlock-methods',
		title: msg`Unlock methods`,
		async run(on) {
			const slots = await slotsOf(on);
			if (!slots) return skipped(msg`The vault cannot be looked at.`);
			if (slots.length > 1) return ok(msg`There are ${slots.length}.`);
			return warn(
				msg`There is only one: without it, the vault cannot be opened any more.`,
				() => t`Make another with ${suggestedCommand('add-slot', 'recovery')}.`,
			);
		},
	},
	{
		id: 'kdf',
		title: msg`Passphrase cost`,
		async run(on) {
			const costs = await costsOf(on);
			const [cost] = (costs ?? []).toSorted((left, right) => right.m * right.t - left.m * left.t);
			if (!cost) return skipped(msg`No passphrase opens the vault.`);
			const words = msg`Argon2id with ${cost.m / 1024} MiB and ${cost.t} passes`;
			const ms = await on.machine.timeOf(cost);
			if (ms === undefined)
				return warn(
					() => t`${words()} needs more memory than is free.`,
					msg`End other programs, or open the vault with a key file, which needs none.`,
				);
			const taken = () => t`${words()} takes ${Math.round(ms)} ms here.`;
			if (ms > slow)
				return warn(taken, () => t`${suggestedCommand('passwd')} sets a new cost; a key file and the agent need none.`);
			const usual = on.machine.usualCost();
			const weakest = costs!.find(({m, t: passes}) => m * passes < usual.m * usual.t);
			if (!weakest) return ok(taken);
			return warn(
				() => t`${taken()} A slot with ${weakest.m / 1024} MiB is easier to guess than one made today.`,
				() => t`${suggestedCommand('passwd')} raises its cost, as does the next change after it opened the vault.`,
			);
		},
	},
	{
		id: 'lock',
		title: msg`Vault lock`,
		async run({context: {vault}, machine}) {
			const holder = await machine.lockHolder(vault.path);
			if (!holder) return ok(msg`No program holds it.`);
			const {pid, name} = holder;
			const who = name === undefined ? msg`another program` : msg`${sanitize(name)}, process ${pid ?? 0},`;
			return warn(
				() => t`At this moment, ${who()} is changing the vault.`,
				msg`If that lasts, look whether the process hangs: the lock ends with it.`,
			);
		},
	},
	{
		id: 'agent',
		title: msg`Agent`,
		async run() {
			try {
				const report = await agentReport(findAgentEndpoint());
				if (!report) return skipped(msg`No agent runs.`);
				const {pid, vaults} = report;
				if (vaults.length === 1) return ok(msg`Process ${pid} keeps one vault open.`);
				return ok(msg`Process ${pid} keeps ${vaults.length} vaults open.`);
			} catch (error) {
				if (isAppError(error)) return bad(error);
				throw error;
			}
		},
	},
	{
		id: 'key-file',
		title: msg`Key file`,
		run: ({keyFile, machine}) =>
			keyFile === undefined
				? skipped(msg`Neither --key-file nor OKX_KEYS_KEY_FILE names one.`)
				: ofFile(machine.keyFile(keyFile), msg`Only you can read ${shown(keyFile)}.`, noVault),
	},
	{
		id: 'passphrase-file',
		title: msg`Passphrase file`,
		run: ({passphraseFile, machine}) =>
			passphraseFile === undefined
				? skipped(msg`Neither --passphrase-file nor OKX_KEYS_PASSPHRASE_FILE names one.`)
				: ofFile(machine.passphraseFile(passphraseFile), msg`Only you can read ${shown(passphraseFile)}.`, noVault),
	},
];

function ofFile(state: FileState, fine: Translatable, missing: Translatable): Result {
	if (state === 'fine') return ok(fine);
	return state === 'missing' ? skipped(missing) : bad(state);
}

function shown(path: string): string {
	return sanitize(shellQuotePath(path));
}

async function slotsOf({context: {vault}}: Surroundings) {
	return vault.readHeader().then(
		({slots}) => slots,
		() => undefined,
	);
}

async function costsOf({context: {vault}}: Surroundings) {
	return vault.readHeader().then(
		({costs}) => costs,
		() => undefined,
	);
}
