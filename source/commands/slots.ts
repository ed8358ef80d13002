import {slotWords} from '../core/slot-words.ts';
import {formatDay} from '../core/text/time.ts';
import {defineCommand} from '../cli/command.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, table} from '../cli/print.ts';
import {slotJson} from '../cli/slots/slot.ts';
import {msg, t} from '../language/translate.ts';

export const slotsCommand = defineCommand({
	name: 'slots',
	summary: msg`list the unlock methods of the vault`,
	examples: [msg`okx-keys slots`, msg`okx-keys slots --json | jq -r '.[].id'`],
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
					[t`ID`, t`METHOD`, t`SINCE`, t`USED`, t`LABEL`],
					all.map(slot => [
						slot.id,
						slotWords[slot.type](),
						slot.createdAt === undefined ? '' : formatDay(slot.createdAt),
						slot.isUsed ? t`now` : '',
						slot.label,
					]),
					io.columns,
				),
			);
		return 'ok';
	},
});
