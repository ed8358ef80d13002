import {refuseReadonly} from '../actions/keys.ts';
import {removeSlot, slotById} from '../actions/slots.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, required} from '../cli/command.ts';
import {unlockByOwner} from '../cli/unlock.ts';
import {yesOption} from '../cli/options.ts';
import {jsonText, requireConfirmation} from '../cli/print.ts';
import {slotJson, slotPhrase} from '../cli/slots/slot.ts';
import {msg, t} from '../language/translate.ts';

export const removeSlotCommand = defineCommand({
	name: 'remove-slot',
	summary: msg`remove an unlock method from the vault; a unique prefix of its id is enough`,
	examples: [msg`okx-keys remove-slot 3f2a`],
	operand: required('id'),
	options: {yes: yesOption},
	async run(session, {operand: id, options}) {
		const {context, io} = session;
		refuseReadonly(context);
		await unlockByOwner(session);
		const slot = slotById(context.vault.slots(), id);
		await requireConfirmation(io, options, t`Remove the ${sanitize(slotPhrase(slot))}?`);
		await removeSlot(context, slot.id);
		if (io.json) io.out(jsonText(slotJson(slot)));
		else io.note(t`Removed: ${sanitize(slotPhrase(slot))}.`);
		io.note(
			t`Earlier saves in backups/ and copies elsewhere still open with it. A person who has used it may have kept the
				key of the vault: ${suggestedCommand('rekey')} ends that.`,
		);
		return 'ok';
	},
});
