import {expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {storedKey} from '../helpers/keys.ts';
import {commandLine} from '../helpers/command-line.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

test('secrets are printed exactly: by the one way on which no sign becomes ASCII', async () => {
	const secrets = {apiKey: 'api…', secretKey: 'secret’•', passphrase: 'pass→“word”'};
	const credential = {
		apiKey: secrets.apiKey,
		secretKey: new Secret(secrets.secretKey),
		passphrase: new Secret(secrets.passphrase),
	};
	const {context} = await world({keys: [storedKey({id: 'one', name: 'grid', credential})]});
	const {io, printed} = printing();
	await commandLine({context, io}, 'show', 'grid', '--reveal');
	for (const secret of Object.values(secrets)) {
		expect(printed.exact.join('\n')).toContain(`  ${secret}`);
		expect(printed.out.join('\n')).not.toContain(secret);
	}
});
