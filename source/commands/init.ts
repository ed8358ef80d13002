import {createVault} from '../actions/setup.ts';
import {AppError} from '../core/errors.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand} from '../cli/command.ts';
import {askNewPassphrase} from '../cli/slots/new-passphrase.ts';
import {deliverRecoveryKey} from '../cli/slots/recovery-key.ts';
import {msg, t} from '../language/translate.ts';

export const initCommand = defineCommand({
	name: 'init',
	summary: msg`create a vault, and show its recovery key once`,
	examples: [
		msg`okx-keys init`,
		msg`okx-keys --sandbox init`,
		msg`okx-keys init --passphrase-file ~/passphrase --json`,
	],
	printsSecrets: () => true,
	async run({context, io}) {
		const {path} = context.vault;
		// Fail for an existing vault before asking for a new passphrase.
		if (await context.vault.exists()) throw new AppError('vault-exists', {path: sanitize(path)});
		const passphrase =
			(await io.givenPassphrase()) ??
			(await askNewPassphrase(io, t`New passphrase for the vault: `, t`--passphrase-file or --passphrase-fd`));
		const {recoveryKey, doubt} = await createVault(context, passphrase).finally(() => {
			passphrase.wipe();
		});
		io.note(
			t`The vault is ${sanitize(path)}. Without its passphrase or recovery key it cannot be opened, and it cannot be
				reset.`,
		);
		deliverRecoveryKey(io, recoveryKey, {path});
		if (doubt) throw doubt;
		return 'ok';
	},
});
