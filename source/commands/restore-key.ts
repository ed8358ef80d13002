import {restoreKey as restore, trashedKeyByName} from '../actions/trash.ts';
import type {Command} from '../cli/command.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, keyJson} from '../cli/print.ts';

export const restoreKeyCommand: Command = {
	name: 'restore-key',
	summary: 'take a key back out of the trash',
	operands: '<name>',
	async run(session, {operands}) {
		const {context, io} = session;
		await unlock(session);
		const key = await restore(context, trashedKeyByName(context, operands[0]!).id);
		if (io.json) io.out(jsonText(keyJson(key, context.clock())));
		else io.out(`${key.name} is back.`);
		return 'ok';
	},
};
