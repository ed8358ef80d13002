import {restoreKey, trashedKeyByName} from '../actions/trash.ts';
import {defineCommand, required} from '../cli/command.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, keyJson} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

export const restoreKeyCommand = defineCommand({
	name: 'restore-key',
	summary: msg`restore a key from the trash`,
	examples: [msg`okx-keys list --trash`, msg`okx-keys restore-key grid`],
	operand: required('name', 'trash'),
	async run(session, {operand: name}) {
		const {context, io} = session;
		await unlock(session);
		const key = await restoreKey(context, trashedKeyByName(context, name).id);
		if (io.json) io.out(jsonText(keyJson(key, context.clock())));
		else io.out(t`${key.name} is back.`);
		return 'ok';
	},
});
