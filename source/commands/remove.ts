import {refuseReadonly, shownByName} from '../actions/keys.ts';
import {removeKey} from '../actions/trash.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, required} from '../cli/command.ts';
import {yesOption} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, requireConfirmation, keyJson} from '../cli/print.ts';
import {msg, sentences, t} from '../language/translate.ts';

const afterwards = {
	active: msg`It goes on working on the exchange.`,
	frozen: msg`It goes on working on the exchange.`,
	creating: msg`It may exist on the exchange, and its secret is lost.`,
	revoked: () => '',
} as const;

export const removeCommand = defineCommand({
	name: 'remove',
	summary: msg`move a key to the trash of the vault; it keeps working on the exchange`,
	examples: [msg`okx-keys remove grid`, msg`okx-keys restore-key grid`],
	operand: required('name'),
	options: {yes: yesOption},
	async run(session, {operand: name, options}) {
		const {context, io} = session;
		refuseReadonly(context);
		await unlock(session);
		const key = shownByName(context.vault.read(), name);
		await requireConfirmation(io, options, sentences(t`Put ${key.name} into the trash?`, afterwards[key.status]()));
		const removed = await removeKey(context, key.id);
		if (io.json) io.out(jsonText(keyJson(removed, context.clock())));
		else io.out(t`${sanitize(key.name)} is in the trash. ${suggestedCommand('restore-key', key.name)} brings it back.`);
		return 'ok';
	},
});
