import {thawKey} from '../actions/freeze.ts';
import {keyByName, refuseReadonly, shownByNames} from '../actions/keys.ts';
import {atLeastOne, defineCommand} from '../cli/command.ts';
import {flag} from '../cli/option.ts';
import {yesOption} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, keyJson, requireConfirmation} from '../cli/print.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {changeSeveral} from './several/status.ts';
import {listed, msg, t} from '../language/translate.ts';

export const thawCommand = defineCommand({
	name: 'thaw',
	summary: msg`unblock frozen keys, and restore the permissions that freeze --read-only has removed`,
	examples: [msg`okx-keys thaw grid`, msg`okx-keys thaw grid --keep-read-only`],
	operand: atLeastOne('names'),
	options: {
		keepReadOnly: flag('--keep-read-only', msg`leave the exchange as it is`),
		yes: yesOption,
	},
	async run(session, {operand: names, options}) {
		const {context, io} = session;
		refuseReadonly(context);
		await unlock(session);
		const all = shownByNames(context.vault.read(), names);
		if (all.length > 1) return changeSeveral(session, all, {act: 'thaw', keepReadOnly: options.keepReadOnly}, options);
		const {id, name: found, status, freeze} = keyByName(context.vault.read(), names[0]!);
		const shown = sanitize(found);
		const before = options.keepReadOnly ? undefined : freeze?.readOnly?.before;
		if (before)
			await requireConfirmation(io, options, t`Set ${listed(before.live)} back for ${shown} on the exchange?`);
		const key = await thawKey(context, id, options);
		if (io.json) io.out(jsonText(keyJson(key, context.clock())));
		else if (status !== 'frozen') io.out(t`${shown} is not frozen; nothing was changed.`);
		else
			io.out(
				before
					? t`${shown} can be used again, and has ${listed(before.live)} on the exchange.`
					: t`${shown} can be used again.`,
			);
		return 'ok';
	},
});
