import {refuseReadonly, shownByNames} from '../actions/keys.ts';
import {removeKeys} from '../actions/trash.ts';
import {AppError} from '../core/errors.ts';
import {exits} from '../core/exit-status.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {atLeastOne, defineCommand, type Session} from '../cli/command.ts';
import {yesOption} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, requireConfirmation, requireTypedName, keyJson} from '../cli/print.ts';
import type {ShownKey} from '../core/key/operation.ts';
import {msg, sentences, t} from '../language/translate.ts';

const afterwards = {
	active: msg`It goes on working on the exchange.`,
	frozen: msg`It goes on working on the exchange.`,
	creating: msg`It may exist on the exchange, and its secret is lost.`,
	revoked: () => '',
} as const;

export const removeCommand = defineCommand({
	name: 'remove',
	summary: msg`move keys to the trash of the vault; they keep working on the exchange`,
	examples: [msg`okx-keys remove grid`, msg`okx-keys restore-key grid`],
	operand: atLeastOne('names'),
	options: {yes: yesOption},
	async run(session, {operand: names, options}) {
		const {context, io} = session;
		refuseReadonly(context);
		await unlock(session);
		const content = context.vault.read();
		const keys = shownByNames(content, names);
		await requireYes(session, keys, options);
		const removed = new Map(
			(
				await removeKeys(
					context,
					keys.map(({id}) => id),
				)
			).map(key => [key.id, key]),
		);
		if (names.length === 1) {
			const key = removed.get(keys[0]!.id);
			if (!key) throw new AppError('key-gone');
			if (io.json) io.out(jsonText(keyJson(key, context.clock())));
			else
				io.out(t`${sanitize(key.name)} is in the trash. ${suggestedCommand('restore-key', key.name)} brings it back.`);
			return 'ok';
		}

		const gone = new AppError('key-gone');
		const lost = keys.filter(({id}) => !removed.has(id));
		if (io.json)
			io.out(
				jsonText(
					keys.map(key => ({
						name: key.name,
						outcome: removed.has(key.id) ? 'removed' : 'failed',
						code: removed.has(key.id) ? exits.ok.status : exits[gone.exit].status,
						cause: removed.has(key.id) ? null : gone.message,
					})),
				),
			);
		else io.out(t`${removed.size} keys are in the trash. ${suggestedCommand('undo')} brings them back.`);
		for (const {name} of lost) io.note(t`${sanitize(name)}: ${gone.message}`);
		return lost.length > 0 ? gone.exit : 'ok';
	},
});

async function requireYes({io}: Session, keys: readonly ShownKey[], options: {readonly yes: boolean}): Promise<void> {
	const [key] = keys;
	if (keys.length === 1)
		return requireConfirmation(io, options, sentences(t`Put ${key!.name} into the trash?`, afterwards[key!.status]()));
	const count = keys.length;
	return requireTypedName(
		io,
		options,
		t`This puts ${count} keys into the trash. What works on the exchange goes on working. Type ${count} to go on: `,
		String(count),
	);
}
