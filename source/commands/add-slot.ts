import {addKeyFile, addSlot} from '../actions/slots.ts';
import {refuseReadonly} from '../actions/keys.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {AppError, isAppError} from '../core/errors.ts';
import type {Exit} from '../core/exit-status.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {fingerprint} from '../ssh-agent/fingerprint.ts';
import type {SshKey} from '../vault/slots/ssh-slot.ts';
import type {SaveWarning} from '../vault/save-warning.ts';
import type {SlotInfo} from '../vault/vault.ts';
import {defineCommand, oneWord, type Session} from '../cli/command.ts';
import {askNewPassphrase, givenNewPassphrase, newPassphraseOptions} from '../cli/slots/new-passphrase.ts';
import type {Io} from '../cli/io.ts';
import {text, type ValuesOf} from '../cli/option.ts';
import {unlockByOwner} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';
import {deliverRecoveryKey} from '../cli/slots/recovery-key.ts';
import {slotJson, slotPhrase} from '../cli/slots/slot.ts';
import {msg, t} from '../language/translate.ts';

const options = {
	label: text('--label <text>', msg`a label, shown only while the vault is open`),
	file: text('--file <file>', msg`the key file to create; it must not exist yet`),
	key: text('--key <fingerprint>', msg`the key of the ssh-agent, as ssh-add -l shows it`),
	...newPassphraseOptions,
};
type Given = ValuesOf<typeof options>;

type Add = (session: Session, label: string) => Promise<Exit>;

type SlotKind = {
	readonly takes: readonly (keyof Given)[];
	/** Throws `usage` when a required option is missing. */
	readonly prepare: (given: Given) => Add;
};

const methods = {
	passphrase: {
		takes: ['newPassphraseFile', 'newPassphraseFd'],
		prepare:
			given =>
			async ({context, io}, label) => {
				const passphrase =
					(await givenNewPassphrase(io, given)) ?? (await askNewPassphrase(io, t`Another passphrase for the vault: `));
				try {
					return added(io, await addSlot(context, {type: 'passphrase', passphrase}, label));
				} finally {
					passphrase.wipe();
				}
			},
	},

	recovery: {
		takes: [],
		prepare:
			() =>
			async ({context, io}, label) => {
				const {slot, recoveryKey, doubt} = await addSlot(context, {type: 'recovery'}, label);
				if (!io.json) io.note(t`Added: ${sanitize(slotPhrase(slot))}.`);
				deliverRecoveryKey(io, recoveryKey!, slotJson(slot));
				if (doubt) throw doubt;
				return 'ok';
			},
	},

	'key-file': {
		takes: ['file'],
		prepare({file}) {
			if (file === undefined)
				throw new AppError('usage', {problem: t`No file given for the new key file.`, hint: t`Name it with --file.`});
			return async ({context, io}, label) => {
				const made = await addKeyFile(context, label, file, io.files);
				io.note(
					t`${sanitize(file)} opens the vault: ${suggestedCommand('list', '--key-file', file)}. On the same disk
						as the vault, it protects nothing.`,
				);
				return added(io, made);
			};
		},
	},

	'ssh-agent': {
		takes: ['key'],
		prepare: given => async (session, label) => {
			const {
				context,
				context: {sshAgent},
				io,
			} = session;
			if (!sshAgent)
				throw new AppError('ssh-agent', {
					problem: t`No ssh-agent can be reached from here.`,
					fix: t`Start one and load a key with ssh-add, or connect with ssh -A.`,
					isVaultOpen: true,
				});
			const made = await told(async () => {
				const key = await chosenKey(session, await sshAgent.keys(), given.key);
				io.note(t`The agent signs twice; where its key asks for it, confirm that on the machine where the agent runs.`);
				return addSlot(context, {type: 'ssh-agent', sshAgent, key}, label === '' ? key.comment : label);
			});
			io.note(t`Every program that can use this agent once, root’s included, can open this vault until it is rekeyed.`);
			return added(io, made);
		},
	},
} satisfies Readonly<Record<string, SlotKind>>;
type Method = keyof typeof methods;
const methodNames = Object.keys(methods) as Method[];

/** Adds to an `ssh-agent` failure that the vault is open, so the message does not say it stayed locked. */
async function told<Result>(work: () => Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		throw isAppError(error, 'ssh-agent')
			? new AppError('ssh-agent', {...error.details, isVaultOpen: true}, {cause: error})
			: error;
	}
}

/** Throws `usage` for an option of another method, because that method may have been meant. */
function refuseForeignOptions(method: Method, given: Given): void {
	for (const [owner, {takes}] of Object.entries<SlotKind>(methods)) {
		const foreign = owner === method ? undefined : takes.find(name => given[name] !== undefined);
		if (foreign !== undefined)
			throw new AppError('usage', {
				problem: t`${options[foreign].flags.split(' ')[0]!} does not belong to add-slot ${method}.`,
				hint: t`It belongs to add-slot ${owner}; leave it out, or say that.`,
			});
	}
}

async function chosenKey({io}: Session, keys: readonly SshKey[], named: string | undefined): Promise<SshKey> {
	if (named !== undefined) {
		const key = keys.find(each => fingerprint(each) === named);
		if (!key)
			throw new AppError('usage', {
				problem: t`The ssh-agent has no Ed25519 or RSA key ${sanitize(named)}.`,
				hint: t`ssh-add -l shows its keys.`,
			});
		return key;
	}

	const [only, ...others] = keys;
	if (only && others.length === 0) return only;
	for (const [at, key] of keys.entries()) io.note(`${at + 1}  ${fingerprint(key)}  ${sanitize(key.comment)}`);
	const key = keys[Number(await io.ask(t`Which of them? `, {what: t`the key`, instead: '--key'})) - 1];
	if (!key) throw new AppError('aborted');
	return key;
}

function added(io: Io, {slot, doubt}: {readonly slot: SlotInfo} & SaveWarning): Exit {
	if (io.json) io.out(jsonText(slotJson(slot)));
	else io.note(t`Added: ${sanitize(slotPhrase(slot))}.`);
	if (doubt) throw doubt;
	return 'ok';
}

export const addSlotCommand = defineCommand({
	name: 'add-slot',
	summary: msg`add an unlock method to the vault: ${methodNames.join(', ')}`,
	examples: [
		msg`okx-keys add-slot recovery`,
		msg`okx-keys add-slot key-file --file ~/okx-keys.key`,
		msg`okx-keys add-slot ssh-agent`,
	],
	operand: oneWord('method', methodNames),
	options,
	printsSecrets: ({operand: method}) => method === 'recovery',
	async run(session, {operand: method, options}) {
		refuseForeignOptions(method, options);
		const add: Add = methods[method].prepare(options);
		refuseReadonly(session.context);
		await unlockByOwner(session);
		return add(session, options.label ?? '');
	},
});
