import {openQuietly} from '../actions/open.ts';
import {openVault} from '../actions/setup.ts';
import {AppError} from '../errors.ts';
import {Secret} from '../core/secret.ts';
import {clean} from '../core/text.ts';
import type {Session} from './command.ts';

/** Opens the vault with the given passphrase, or without a question where an agent can, or asks on the terminal. Costs one KDF if there is a passphrase. */
export async function unlock({context, io}: Session): Promise<void> {
	// A missing vault is told before anybody types a passphrase for it.
	if (!context.vault.exists()) throw new AppError('vault-missing', {path: clean(context.vault.path)});
	const given = io.givenPassphrase();
	if (!given && await openQuietly(context, ({message}) => { io.note(`okx-keys: ${message}`); })) return;
	await openVault(context, given ?? new Secret(await io.ask('Passphrase or recovery key: ', {secret: true, what: 'the passphrase'})));
}
