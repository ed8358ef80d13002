import {canManage} from '../actions/authority.ts';
import {createKey, type CreateTarget} from '../actions/create.ts';
import {keyById, keyByName, liveKeys} from '../actions/keys.ts';
import {generatePassphrase} from '../actions/passphrase.ts';
import {usualSite} from '../actions/usual-site.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {AppError} from '../core/errors.ts';
import {parsePermissions} from '../core/validate.ts';
import {unreachableProblem} from '../core/ip/unreachable.ts';
import {apiPage, sandboxSite} from '../exchange/sites.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, required, type Session} from '../cli/command.ts';
import {text} from '../cli/option.ts';
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
import {msg, t} from '../language/translate.ts';

function targetOf(
	{context}: Session,
	{subAccount, using}: {readonly subAccount: string | undefined; readonly using: string | undefined},
): CreateTarget {
	if (subAccount === undefined) {
		if (using !== undefined)
			throw new AppError('usage', {
				problem: t`--using names the key that makes one for a sub-account, and no --sub-account is given.`,
			});
		if (context.sandbox) return {kind: 'main'};
		throw new AppError('invalid', {
			problem: t`OKX has no API that makes keys of the main account.`,
			fix: t`Make it on ${apiPage({site: usualSite(context), environment: 'live'})} and store it with
				${suggestedCommand('add', 'NAME')}, or name a --sub-account.`,
		});
	}

	const content = context.vault.read();
	if (using !== undefined) return {kind: 'sub', subAccount, using: keyByName(content, using).id};
	const managers = liveKeys(content).filter(key => canManage(key));
	if (managers.length === 1) return {kind: 'sub', subAccount, using: managers[0]!.id};
	throw new AppError(
		'invalid',
		managers.length === 0
			? {
					problem: t`No key in this vault can make keys for sub-accounts.`,
					fix: t`Add a main-account key with Trade permission and an IP allow-list.`,
				}
			: {
					problem: t`Several keys could make it: ${managers.map(({name}) => name).join(', ')}.`,
					fix: t`Choose one with --using.`,
				},
	);
}

function siteOf({context}: Session, target: CreateTarget): string {
	return target.kind === 'sub' ? keyById(context.vault.read(), target.using).site : sandboxSite;
}

export const createCommand = defineCommand({
	name: 'create',
	summary: msg`create a key: in the sandbox, or for a sub-account`,
	examples: [
		msg`okx-keys --sandbox create grid --perm trade --ip 203.0.113.7`,
		msg`okx-keys create grid --sub-account gridbots01 --using main --perm trade --ip 203.0.113.7`,
	],
	operand: required('name', []),
	options: {
		subAccount: text('--sub-account <name>', msg`the sub-account that the key is for`),
		using: text('--using <key>', msg`the main-account key of this vault that creates it`),
		description: descriptionOption,
		type: typeOption,
		permissions: permissionOption,
		ip: ipOption,
		tags: tagOption,
		usedBy: usedByOption,
		expires: expiresOption,
	},
	async run(session, {operand: name, options}) {
		const {context, io} = session;
		const {description = '', type = 'api', permissions = parsePermissions(''), ip = []} = options;
		const expiresAt = expiryGiven(options.expires, context.clock());
		await unlock(session);
		const target = targetOf(session, options);
		const warning = unreachableProblem({ip, site: siteOf(session, target)});
		if (warning) noteWarning(io, warning);
		const key = await createKey(context, {
			name,
			description,
			type,
			permissions,
			ip,
			passphrase: generatePassphrase(context.random),
			environment: 'live',
			...(options.tags && {tags: options.tags}),
			...(options.usedBy && {usedBy: options.usedBy}),
			...(expiresAt !== undefined && {expiresAt}),
			target,
		});
		if (io.json) io.out(jsonText(keyJson(key, context.clock())));
		else
			io.out(
				context.noSecrets
					? t`${sanitize(key.name)} is made and stored in the vault.`
					: t`${sanitize(key.name)} is made and stored in the vault.
						${suggestedCommand('show', key.name, '--reveal')} prints its secrets.`,
			);
		return 'ok';
	},
});
