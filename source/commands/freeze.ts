import {freezeKey} from '../actions/freeze.ts';
import {keyByName, refuseReadonly, shownByNames} from '../actions/keys.ts';
import {atLeastOne, defineCommand} from '../cli/command.ts';
import {flag} from '../cli/option.ts';
import {yesOption} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, keyJson, requireConfirmation} from '../cli/print.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {changeSeveral} from './several/status.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {msg, t} from '../language/translate.ts';

export const freezeCommand = defineCommand({
	name: 'freeze',
	summary: msg`block keys for now: they are neither given to programs, exported, copied nor tested`,
	examples: [msg`okx-keys freeze grid`, msg`okx-keys freeze grid --read-only --yes`],
	operand: atLeastOne('names'),
	options: {
		readOnly: flag(
			'--read-only',
			msg`also limit a key to Read on the exchange, if a main-account key of this vault manages it`,
		),
		yes: yesOption,
	},
	async run(session, {operand: names, options}) {
		const {context, io} = session;
		refuseReadonly(context);
		await unlock(session);
		const all = shownByNames(context.vault.read(), names);
		if (all.length > 1) return changeSeveral(session, all, {act: 'freeze', readOnly: options.readOnly}, options);
		const {id, name: found} = keyByName(context.vault.read(), names[0]!);
		const shown = sanitize(found);
		if (options.readOnly)
			await requireConfirmation(
				io,
				options,
				t`Take every permission but Read from ${shown} on the exchange? Programs that trade with it then fail.`,
			);
		const key = await freezeKey(context, id, options);
		if (io.json) io.out(jsonText(keyJson(key, context.clock())));
		else
			io.out(
				key.freeze?.readOnly
					? t`${shown} is frozen, and may only read on the exchange. ${suggestedCommand('thaw', found)} undoes both.`
					: t`${shown} is frozen. ${suggestedCommand('thaw', found)} undoes it.`,
			);
		if (!key.freeze?.readOnly)
			io.note(t`Programs that already have it keep it, and the exchange goes on accepting it.`);
		return 'ok';
	},
});
