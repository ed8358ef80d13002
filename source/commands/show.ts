import {keyByName} from '../actions/keys.ts';
import {findings} from '../core/findings.ts';
import {daysLeft} from '../core/rules.ts';
import {clean, cleanLines, mask} from '../core/text.ts';
import type {Command} from './command.ts';
import {accountWord} from './list.ts';
import {unlock} from './open.ts';
import {facts, jsonText, keyJson} from './output.ts';

export const show: Command = {
	name: 'show',
	summary: 'one key; its secrets only with --reveal',
	operands: '<name>',
	options: [{flags: '--reveal', summary: 'print API key, secret key and passphrase in clear'}],
	async run(session, {operands, options}) {
		const {context, io} = session;
		await unlock(session);
		const key = keyByName(context.vault.read(), operands[0]!);
		const now = context.clock();
		const {apiKey, secretKey, passphrase} = key.credential;
		const revealed = options['reveal'] === true;
		const clear = {apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()};
		if (io.json) {
			io.out(jsonText({...keyJson(key, now), ...(revealed && clear)}));
			return 'ok';
		}

		io.out(facts([
			['Name', clean(key.name)],
			['Description', cleanLines(key.description).join('\n             ') || '-'],
			['Type', key.type === 'api' ? 'own trading' : 'third-party app'],
			['Account', clean(accountWord(key)) + (key.account.uid === undefined ? '' : ` (uid ${clean(key.account.uid)})`)],
			['Site', `${clean(key.site)}, ${key.environment}`],
			['Permissions', key.permissions.join(', ')],
			['IPs', key.ip.length === 0 ? 'any address' : key.ip.map(ip => clean(ip)).join(', ')],
			['Tags', key.tags.map(tag => clean(tag)).join(', ') || '-'],
			['Status', key.status === 'creating' ? 'unfinished' : key.status],
			['Created', new Date(key.createdAt).toISOString()],
			['Last test', key.lastTest ? `${new Date(key.lastTest.at).toISOString()}: ${clean(key.lastTest.cause)}` : 'never'],
			['Days left', daysLeft(key, now)?.toString() ?? 'no limit'],
			['API key', revealed ? clear.apiKey : mask(apiKey)],
			['Secret key', revealed ? clear.secretKey : secretKey.toString()],
			['Passphrase', revealed ? clear.passphrase : passphrase.toString()],
		]));
		for (const {text} of findings(key, now)) io.note(`! ${clean(text)}`);
		return 'ok';
	},
};
