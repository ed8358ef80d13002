import {suggestedCommand} from '../core/invocation.ts';
import {AppError} from '../core/errors.ts';
import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {printKeyFile} from '../vault/slots/key-file.ts';
import type {SlotInfo, SlotSource, Vault} from '../vault/vault.ts';
import type {SaveWarning} from '../vault/save-warning.ts';
import type {SshKey} from '../vault/slots/ssh-slot.ts';
import type {Context} from './context.ts';
import {refuseReadonly, refuseSecrets} from './keys.ts';
import {t} from '../language/translate.ts';

/** Finds a slot by the beginning of its id. Throws `no-such-slot`, or `invalid` when several match. */
export function slotById(slots: readonly SlotInfo[], typed: string): SlotInfo {
	const [slot, ...others] = slots.filter(({id}) => typed !== '' && id.startsWith(typed));
	if (!slot) throw new AppError('no-such-slot', {id: sanitize(typed)});
	if (others.length > 0)
		throw new AppError('invalid', {
			problem: t`Several slots begin with ${sanitize(typed)}.`,
			fix: t`Type more of it; ${suggestedCommand('slots')} shows them all.`,
		});
	return slot;
}

export async function addSlot(context: Context, source: SlotSource, label: string): ReturnType<Vault['addSlot']> {
	refuseReadonly(context);
	if (source.type === 'recovery') refuseSecrets(context);
	return context.vault.addSlot(source, label);
}

export type KeyFiles = {
	readonly writeKeyFile: (path: string, content: Secret) => void;
	readonly remove: (path: string) => void;
};

/** Makes a key file at `path` and a slot for it; removes the file when the slot could not be stored. */
export async function addKeyFile(
	context: Context,
	label: string,
	path: string,
	files: KeyFiles,
): ReturnType<Vault['addSlot']> {
	refuseReadonly(context);
	const key = Buffer.from(context.random(32));
	const content = printKeyFile(key);
	key.fill(0);
	try {
		// The file comes first, because a slot without its file is useless.
		files.writeKeyFile(path, content);
		try {
			return await context.vault.addSlot({type: 'keyfile', keyFile: content}, label);
		} catch (error) {
			files.remove(path);
			throw error;
		}
	} finally {
		content.wipe();
	}
}

export async function removeSlot(context: Context, id: string): Promise<void> {
	refuseReadonly(context);
	await context.vault.removeSlot(id);
}

/**
 * Throws `slot-changed`, `no-such-slot` or `no-passphrase-slot`. Costs one KDF; earlier saves still open with the
 * old passphrase.
 */
export async function changePassphrase(context: Context, passphrase: Secret, slotId?: string): Promise<void> {
	refuseReadonly(context);
	await context.vault.changePassphrase(passphrase, slotId);
}

export type RekeyPlan = {
	readonly slots: readonly {readonly source: SlotSource; readonly label: string}[];
	/** These cannot be made again from what is here, and are lost. */
	readonly going: readonly SlotInfo[];
};

/**
 * Keeps the passphrase, the given key file and the SSH keys that the agent holds, and adds a new recovery key;
 * nothing here can make the other slots again. Throws `wrong-key-file` for a file that no longer opens the vault.
 */
export async function planRekey(
	{vault, sshAgent}: Context,
	passphrase: Secret,
	keyFile: Secret | undefined,
): Promise<RekeyPlan> {
	const slots = vault.slots();
	const here: readonly SshKey[] =
		sshAgent && slots.some(({type}) => type === 'ssh-agent') ? await sshAgent.keys().catch(() => []) : [];
	const used =
		slots.find(({type, isUsed}) => type === 'passphrase' && isUsed) ?? slots.find(({type}) => type === 'passphrase');
	const file = keyFile && {keyFile, slot: await vault.slotOf({keyFile})};
	const ssh = slots.flatMap(slot => {
		const key = here.find(each => slot.isOf(each));
		return key && sshAgent ? [{slot, source: {type: 'ssh-agent', sshAgent, key} as const}] : [];
	});
	const staying = new Set([used?.id, file?.slot.id, ...ssh.map(({slot}) => slot.id)]);
	return {
		slots: [
			{source: {type: 'passphrase', passphrase}, label: used?.label ?? ''},
			{source: {type: 'recovery'}, label: ''},
			...(file ? [{source: {type: 'keyfile', keyFile: file.keyFile} as const, label: file.slot.label}] : []),
			...ssh.map(({slot, source}) => ({source, label: slot.label})),
		],
		going: slots.filter(({id}) => !staying.has(id)),
	};
}

/** The agent forgets the old key; earlier saves still open with it. */
export async function rekey(
	context: Context,
	{slots}: RekeyPlan,
): Promise<{readonly recoveryKey: Secret} & SaveWarning> {
	refuseReadonly(context);
	refuseSecrets(context);
	const {vaultId} = await context.vault.readHeader();
	const {recoveryKey, ...told} = await context.vault.rekey(slots);
	await context.keyAgent?.forget(vaultId);
	return {recoveryKey: recoveryKey!, ...told};
}
