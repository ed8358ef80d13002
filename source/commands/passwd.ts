import {refuseReadonly} from '../actions/keys.ts';
import {changePassphrase, slotById} from '../actions/slots.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {defineCommand} from '../cli/command.ts';
import {askNewPassphrase, givenNewPassphrase, newPassphraseOptions} from '../cli/slots/new-passphrase.ts';
import {text} from '../cli/option.ts';
import {unlockByOwner} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

export const passwdCommand = defineCommand({
	name: 'passwd',
	summary: msg`change the passphrase of the vault`,
	examples: [msg`okx-keys passwd`, msg`okx-keys passwd --passphrase-file old --new-passphrase-file new`],
	options: {
		slot: text('--slot <id>', msg`which passphrase, if there are several (default: the one that opened the vault)`),
		...newPassphraseOptions,
	},
	async run(session, {options}) {
		const {context, io} = session;
		refuseReadonly(context);
		await unlockByOwner(session);
		const slot = options.slot === undefined ? undefined : slotById(context.vault.slots(), options.slot);
		const fresh = (await givenNewPassphrase(io, options)) ?? (await askNewPassphrase(io, t`New passphrase: `));
		try {
			await changePassphrase(context, fresh, slot?.id);
		} finally {
			fresh.wipe();
		}

		if (io.json) io.out(jsonText({path: context.vault.path, changed: true}));
		io.note(
			t`The vault opens with the new passphrase. Earlier saves in backups/ and copies elsewhere still open with the
				old one: if anyone else knows it, run ${suggestedCommand('rekey')} and delete them.`,
		);
		return 'ok';
	},
});
