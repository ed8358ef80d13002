import {refuseReadonly, shownByNames} from '../actions/keys.ts';
import {revokeKey} from '../actions/revoke.ts';
import {atLeastOne, defineCommand} from '../cli/command.ts';
import {yesOption} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, requireTypedName} from '../cli/print.ts';
import {changeSeveral} from './several/status.ts';
import {msg, t} from '../language/translate.ts';

const outcomes = {
	revoked: msg`is deleted on the exchange and marked as revoked here`,
	'already-gone': msg`was gone on the exchange already; it is marked as revoked here`,
	cleared: msg`was never finished; what was left of it is cleared away`,
} as const;

export const revokeCommand = defineCommand({
	name: 'revoke',
	summary: msg`delete keys on the exchange at once`,
	examples: [msg`okx-keys revoke grid`, msg`okx-keys revoke grid --yes`],
	operand: atLeastOne('names'),
	options: {yes: yesOption},
	async run(session, {operand: names, options}) {
		const {context, io} = session;
		refuseReadonly(context);
		await unlock(session);
		const keys = shownByNames(context.vault.read(), names);
		if (keys.length > 1) return changeSeveral(session, keys, {act: 'revoke'}, options);
		const key = keys[0]!;
		await requireTypedName(
			io,
			options,
			t`This deletes ${key.name} on the exchange and cannot be undone. Type its name to go on: `,
			key.name,
		);
		const {outcome} = await revokeKey(context, key.id);
		if (io.json) io.out(jsonText({name: key.name, outcome}));
		else io.out(`${key.name} ${outcomes[outcome]()}.`);
		return 'ok';
	},
});
