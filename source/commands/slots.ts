import {slotWords} from '../actions/slots.ts';
import {formatDay} from '../core/text/time.ts';
import {defineCommand} from '../cli/command.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, table} from '../cli/print.ts';
import {slotJson} from '../cli/slots/slot.ts';
import {msg} from '../language/translate.ts';

export const slotsCommand = defineCommand({
	name: 'slots',
	summary: msg`the ways into the vault`,
	async run(session) {
		const {
			context: {vault},
			io,
		} = session;
		await unlock(session);
		const all = vault.slots();
		if (io.json) io.out(jsonText(all.map(slot => slotJson(slot))));
		else
			io.out(
				table(
					['ID', 'WAY', 'SINCE', 'USED', 'LABEL'],
					all.map(slot => [
						slot.id,
						slotWords[slot.type](),
						slot.createdAt === undefined ? '' : formatDay(slot.createdAt),
						slot.isUsed ? 'now' : '',
						slot.label,
					]),
					io.columns,
				),
			);
		return 'ok';
	},
});
