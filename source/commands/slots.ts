import {slotWords} from '../actions/slots.ts';
import {formatDay} from '../core/text/time.ts';
import type {SlotInfo} from '../vault/vault.ts';
import {defineCommand} from '../cli/command.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, table} from '../cli/print.ts';

/** A slot as `--json` prints it. */
export function slotJson({id, type, label, createdAt, isUsed}: SlotInfo) {
	return {id, type: type === 'keyfile' ? 'key-file' : type, label, createdAt: createdAt ?? null, used: isUsed};
}

/** A slot in a sentence. */
export function slotPhrase({id, type, label}: SlotInfo): string {
	return `${slotWords[type]}${label === '' ? '' : ` “${label}”`} (${id})`;
}

export const slotsCommand = defineCommand({
	name: 'slots',
	summary: 'the ways into the vault',
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
						slotWords[slot.type],
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
