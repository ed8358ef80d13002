import {createKey} from '../../source/actions/create.ts';
import type {Context} from '../../source/actions/context.ts';
import type {Permission} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';

/** Makes keys in the sandbox, where they can be changed on the exchange. */
export async function makeKeys(
	context: Context,
	permissions: readonly Permission[],
	names: readonly string[],
): Promise<void> {
	for (const name of names)
		await createKey(context, {
			name,
			description: '',
			type: 'api',
			permissions,
			ip: ['127.0.0.1'],
			passphrase: new Secret('Correct-Horse9!'),
			environment: 'live',
			target: {kind: 'main'},
		});
}
