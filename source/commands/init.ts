import {createVault} from '../actions/setup.ts';
import {AppError} from '../errors.ts';
import {Secret} from '../core/secret.ts';
import {clean} from '../core/text.ts';
import type {Command, Session} from './command.ts';
import {jsonText} from './output.ts';

async function newPassphrase({io}: Session): Promise<Secret> {
	const given = io.givenPassphrase();
	if (given) return given;
	const first = new Secret(await io.ask('New passphrase for the vault: ', {secret: true, what: 'a passphrase'}));
	const second = new Secret(await io.ask('The same again: ', {secret: true, what: 'a passphrase'}));
	if (!first.equals(second)) throw new AppError('invalid', {problem: 'The two passphrases differ; nothing was made.', fix: 'Run it again and type the same twice.'});
	return first;
}

export const init: Command = {
	name: 'init',
	summary: 'make a vault, and show its recovery key once',
	async run(session) {
		const {context, io} = session;
		// A vault that is there already is told before anybody thinks of a passphrase.
		if (context.vault.exists()) throw new AppError('vault-exists', {path: clean(context.vault.path)});
		const {recoveryKey} = await createVault(context, await newPassphrase(session));
		if (io.json) {
			io.out(jsonText({path: context.vault.path, recoveryKey: recoveryKey.reveal()}));
			return 'ok';
		}

		io.note(`The vault is ${clean(context.vault.path)}. Without passphrase or recovery key nobody can open it, and nobody can reset it.`);
		io.note('Recovery key, shown only now. Write it down and keep it away from this machine:');
		io.out(recoveryKey.reveal());
		return 'ok';
	},
};
