import {shownByName} from '../actions/keys.ts';
import {revokeKey} from '../actions/revoke.ts';
import {AppError} from '../core/errors.ts';
import type {Command} from '../cli/command.ts';
import {yesOption} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';

const outcomes = {
	revoked: 'is deleted on the exchange and marked as revoked here',
	'already-gone': 'was gone on the exchange already; it is marked as revoked here',
	cleared: 'was never finished; what was left of it is cleared away',
} as const;

export const revoke: Command = {
	name: 'revoke',
	summary: 'delete a key on the exchange at once',
	operands: '<name>',
	options: [yesOption],
	async run(session, {operands, options}) {
		const {context, io} = session;
		await unlock(session);
		const key = shownByName(context.vault.read(), operands[0]!);
		if (options['yes'] !== true) {
			const typed = await io.ask(
				`This deletes ${key.name} on the exchange and cannot be undone. Type its name to go on: `,
				{what: 'the name', instead: '--yes'},
			);
			if (typed.trim() !== key.name) throw new AppError('aborted');
		}

		const {outcome} = await revokeKey(context, key.id);
		if (io.json) io.out(jsonText({name: key.name, outcome}));
		else io.out(`${key.name} ${outcomes[outcome]}.`);
		return 'ok';
	},
};
