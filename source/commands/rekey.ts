import {isLikeRecoveryKey} from '../actions/setup.ts';
import {refuseReadonly} from '../actions/keys.ts';
import {planRekey, rekey} from '../actions/slots.ts';
import {slotWords} from '../core/slot-words.ts';
import type {AppError} from '../core/errors.ts';
import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand} from '../cli/command.ts';
import {askNewPassphrase, givenNewPassphrase, newPassphraseOptions} from '../cli/slots/new-passphrase.ts';
import {flag, text} from '../cli/option.ts';
import {openedByOwner} from '../cli/unlock.ts';
import {yesOption} from '../cli/options.ts';
import {requireConfirmation} from '../cli/print.ts';
import {deliverRecoveryKey} from '../cli/slots/recovery-key.ts';
import {slotJson, slotPhrase} from '../cli/slots/slot.ts';
import {msg, sentences, t} from '../language/translate.ts';

export const rekeyCommand = defineCommand({
	name: 'rekey',
	summary: msg`encrypt the vault with a new key, and show a new recovery key once; an SSH key keeps working if the
		ssh-agent has it`,
	examples: [msg`okx-keys rekey`, msg`okx-keys rekey --new-passphrase --keep-key-file /etc/okx-keys.key`],
	options: {
		keepKeyFile: text('--keep-key-file <file>', msg`keep this key file as an unlock method; all others are removed`),
		newPassphrase: flag('--new-passphrase', msg`ask for a new passphrase too`),
		...newPassphraseOptions,
		yes: yesOption,
	},
	printsSecrets: () => true,
	async run(session, {options}) {
		const {context, io} = session;
		refuseReadonly(context);
		const kept = options.keepKeyFile;
		// The key file of the environment is not used: it may be what has leaked.
		const keyFile = kept === undefined ? undefined : io.files.keyFile(kept);
		const typed = await openedByOwner(session);
		let fresh: Secret | undefined;
		let doubt: AppError | undefined;
		try {
			const byRecoveryKey = context.vault.slots().some(({type, isUsed}) => type === 'recovery' && isUsed);
			fresh =
				(await givenNewPassphrase(io, options)) ??
				(options.newPassphrase || byRecoveryKey || isLikeRecoveryKey(typed.reveal())
					? await askNewPassphrase(io, t`New passphrase: `)
					: typed);
			const plan = await planRekey(context, fresh, keyFile);
			const going = plan.going.map(slot =>
				slot.type === 'recovery' ? t`the old ${slotPhrase(slot)}` : slotPhrase(slot),
			);
			if (!io.json)
				io.note(
					sentences(
						t`The vault will open with: ${plan.slots
							.map(({source}) => (source.type === 'recovery' ? t`new recovery key` : slotWords[source.type]()))
							.join(', ')}.`,
						going.length === 0 ? '' : t`These will go: ${sanitize(going.join(', '))}.`,
					),
				);
			await requireConfirmation(io, options, t`Seal the vault with a new key?`);
			const made = await rekey(context, plan);
			doubt = made.doubt;
			deliverRecoveryKey(io, made.recoveryKey, {
				path: context.vault.path,
				slots: context.vault.slots().map(slot => slotJson(slot)),
			});
		} finally {
			typed.wipe();
			fresh?.wipe();
			keyFile?.wipe();
		}

		io.note(
			t`Earlier saves in backups/ and copies elsewhere still open with the old key: delete those that must not. If
				anyone else may have read the vault, rotate the keys in it on the exchange too.`,
		);
		if (doubt) throw doubt;
		return 'ok';
	},
});
