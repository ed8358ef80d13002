import {backupVault} from '../actions/backup.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, required} from '../cli/command.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

export const backupCommand = defineCommand({
	name: 'backup',
	summary: msg`verify the vault and copy it, still encrypted, to a new file`,
	examples: [msg`okx-keys backup /mnt/usb/vault.json`],
	operand: required('file'),
	async run(session, {operand: file}) {
		const {context, io} = session;
		await unlock(session);
		const {rev} = await backupVault(context, file);
		if (io.json) io.out(jsonText({file, save: rev}));
		else
			io.note(
				t`Save number ${rev} is in ${sanitize(file)}. It opens with what opens the vault now, whatever you change
					later.`,
			);
		return 'ok';
	},
});
