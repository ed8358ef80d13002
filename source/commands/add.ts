import {addKey, checkDetails} from '../actions/add.ts';
import {warningsOf} from '../actions/warnings.ts';
import {exitOfStatus} from '../core/exit-status.ts';
import {accountWords} from '../core/key/account.ts';
import {environments, type Credential, type StoredKey} from '../core/key/key.ts';
import {existingNameProblem} from '../core/validate.ts';
import {refuse} from '../core/problem.ts';
import {Secret} from '../core/secret.ts';
import {usualSite} from '../actions/usual-site.ts';
import {siteNames} from '../core/settings/site-names.ts';
import {parseCredential} from '../formats/credential.ts';
import {defineCommand, required} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {flag, oneOf, text} from '../cli/option.ts';
import {
	descriptionOption,
	expiresOption,
	expiryGiven,
	ipOption,
	permissionOption,
	tagOption,
	typeOption,
	usedByOption,
} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, keyJson, noteWarning} from '../cli/print.ts';
import {givenSite} from '../cli/site.ts';
import {keepLabels, verdict} from '../cli/test-report.ts';
import {msg, t} from '../language/translate.ts';

/**
 * Reads the three parts from standard input when it is piped, or else asks for each. Malformed text is never quoted: it
 * may be a secret.
 */
export async function readCredential(io: Io): Promise<Credential> {
	if (io.stdinIsTerminal) {
		const apiKey = (
			await io.ask(t`API key: `, {what: t`the API key`, instead: t`all three as JSON on standard input`})
		).trim();
		const secretKey = new Secret(
			(
				await io.ask(t`Secret key: `, {
					secret: true,
					what: t`the secret key`,
					instead: t`all three as JSON on standard input`,
				})
			).trim(),
		);
		return {
			apiKey,
			secretKey,
			passphrase: new Secret(
				(
					await io.ask(t`Passphrase of the key: `, {
						secret: true,
						what: t`the passphrase of the key`,
						instead: t`all three as JSON on standard input`,
					})
				).trim(),
			),
		};
	}

	return parseCredential(await io.readStdin(), t`Standard input`);
}

/**
 * True when the exchange reports a sub-account and --sub-account was not given: the exchange's page makes a key for the
 * account selected there.
 */
function isFoundSub({account}: StoredKey, subAccount: string | undefined): boolean {
	return subAccount === undefined && account.kind === 'sub';
}

export const addCommand = defineCommand({
	name: 'add',
	summary: msg`store a key that was created on the exchange’s page, after testing it`,
	examples: [
		msg`okx-keys add grid --site eea`,
		msg`pass show okx/grid | okx-keys add grid     # {"apiKey": "…", "secretKey": "…", "passphrase": "…"}`,
		msg`okx-keys add paper --env demo --no-test`,
	],
	operand: required('name', []),
	options: {
		environment: oneOf('--env <environment>', environments, msg`live or demo trading`),
		site: text(
			'--site <site>',
			msg`${siteNames.join(', ')}, one of its hosts such as my.okx.com, http:// on a loopback
				address, or https:// on a host that the settings allow`,
			siteNames,
		),
		subAccount: text('--sub-account <name>', msg`the sub-account that the key belongs to`),
		type: typeOption,
		description: descriptionOption,
		permissions: permissionOption,
		ip: ipOption,
		tags: tagOption,
		usedBy: usedByOption,
		expires: expiresOption,
		noTest: flag('--no-test', msg`store it without a test`),
	},
	async run(session, {operand: name, options}) {
		const {context, io} = session;
		const {environment = 'live', subAccount, type, description = '', permissions, ip, tags = [], noTest} = options;
		refuse(existingNameProblem(name));
		const site = givenSite(options.site, session);
		const declared = {
			...(permissions !== undefined && {permissions}),
			...(ip !== undefined && {ip}),
			...(subAccount !== undefined && {subAccount}),
		};
		const expiresAt = expiryGiven(options.expires, context.clock());
		await unlock(session);
		const details = {
			...declared,
			name,
			description,
			type: type ?? 'api',
			isTypeTold: type !== undefined,
			environment,
			site: site ?? usualSite(context),
			tags,
			...(options.usedBy && {usedBy: options.usedBy}),
			...(expiresAt !== undefined && {expiresAt}),
		};
		await checkDetails(context, details);
		const credential = await readCredential(io);
		const {key, result} = await io.wait(t`Testing…`, async () =>
			addKey(context, {...details, credential}, {test: !noTest, signal: io.stopSignal()}),
		);
		if (io.json) {
			io.out(jsonText(keyJson(key, context.clock())));
		} else {
			io.out(t`${key.name} is stored in the vault${result ? '' : ', untested'}.`);
			if (result) {
				keepLabels(io, [result]);
				io.out(verdict(result));
			}

			if (isFoundSub(key, subAccount))
				io.note(
					t`It is of a ${accountWords(key.account)}, and not of the main account: is that the account you meant?`,
				);
		}

		for (const warning of warningsOf(key, {isTested: result !== null})) noteWarning(io, warning);
		return result ? exitOfStatus(result.code) : 'ok';
	},
});
