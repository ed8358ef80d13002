import type {AddressChange} from '../actions/addresses.ts';
import {editKey} from '../actions/edit.ts';
import type {EditPatch} from '../actions/edit-plan.ts';
import {planChange, type KeyChange, type TagChange} from '../actions/key-change.ts';
import {keyByName} from '../actions/keys.ts';
import {siteNames} from '../core/settings/site-names.ts';
import {apiPage} from '../exchange/sites.ts';
import {AppError} from '../core/errors.ts';
import {environments} from '../core/key/key.ts';
import {splitIps} from '../core/ip/address.ts';
import type {Replacement} from '../core/ip/allow-list.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {atLeastOne, defineCommand, type Session} from '../cli/command.ts';
import {flag, oneOf, parsed, text, type ValuesOf} from '../cli/option.ts';
import {
	descriptionOption,
	expiresOption,
	expiryGiven,
	ipOption,
	permissionOption,
	tagOption,
	typeOption,
	usedByOption,
	yesOption,
} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, requireConfirmation, keyJson, noteWarning} from '../cli/print.ts';
import {givenSite} from '../cli/site.ts';
import {changeWords} from './several/change-each.ts';
import {editSeveral, warningOf} from './several/edit.ts';
import {msg, t} from '../language/translate.ts';

const options = {
	name: text('--name <name>', msg`a new name, in this vault only`),
	description: descriptionOption,
	permissions: permissionOption,
	ip: {...ipOption, summary: () => t`${ipOption.summary()}; '' for any address`},
	tags: tagOption,
	usedBy: {...usedByOption, summary: () => t`${usedByOption.summary()}; '' for none`},
	expires: expiresOption,
	addIp: parsed(text('--add-ip <list>', msg`add addresses to the allow-list`), splitIps),
	removeIp: parsed(text('--remove-ip <list>', msg`remove addresses from the allow-list`), splitIps),
	replaceIp: parsed(
		text('--replace-ip <list>', msg`replace addresses, such as 203.0.113.7=198.51.100.7`),
		splitReplacements,
	),
	addTag: parsed(text('--add-tag <list>', msg`add tags`), splitIps),
	removeTag: parsed(text('--remove-tag <list>', msg`remove tags`), splitIps),
	type: typeOption,
	environment: oneOf('--env <environment>', environments, msg`live or demo trading`),
	site: text('--site <site>', msg`the site of the account, by its name or one of its hosts`, siteNames),
	acceptLive: flag('--accept-live', msg`declare what the exchange said in the last test; excludes all other options`),
	yes: yesOption,
};
type Given = ValuesOf<typeof options>;

function patchOf(
	{name, description, permissions, ip, tags, usedBy, type, environment, site, expires}: Given,
	session: Session,
): EditPatch {
	const expiresAt = expiryGiven(expires, session.context.clock());
	const meant = givenSite(site, session);
	return {
		...(name !== undefined && {name}),
		...(description !== undefined && {description}),
		...(permissions !== undefined && {permissions}),
		...(ip !== undefined && {ip}),
		...(tags !== undefined && {tags}),
		...(usedBy !== undefined && {usedBy}),
		...(expiresAt !== undefined && {expiresAt}),
		...(type !== undefined && {type}),
		...(environment !== undefined && {environment}),
		...(meant !== undefined && {site: meant}),
	};
}

function addressesOf({addIp: add, removeIp: remove, replaceIp: replace}: Given): AddressChange | undefined {
	if ([add, remove, replace].some(list => list?.length === 0))
		throw new AppError('usage', {problem: t`No address was named.`, hint: t`Name one or several, with commas.`});
	return add || remove || replace ? {add, remove, replace} : undefined;
}

function tagsOf({addTag: add, removeTag: remove}: Given): TagChange | undefined {
	return add || remove ? {add, remove} : undefined;
}

/** `203.0.113.7=198.51.100.7`, and several with commas. Throws `usage`. */
function splitReplacements(text: string): readonly Replacement[] {
	return splitIps(text).map(pair => {
		const [from = '', to = '', ...rest] = pair.split('=');
		if (from === '' || to === '' || rest.length > 0)
			throw new AppError('usage', {
				problem: t`${sanitize(pair)} does not say which address replaces which.`,
				hint: t`Write the old one, = and the new one: 203.0.113.7=198.51.100.7`,
			});
		return {from, to};
	});
}

/** Throws `usage` where nothing is to be changed, or options exclude each other. */
function changeOf(options: Given, session: Session): KeyChange {
	const patch = patchOf(options, session);
	const addresses = addressesOf(options);
	const tags = tagsOf(options);
	const isNamed = Object.keys(patch).length > 0 || addresses !== undefined || tags !== undefined;
	if (options.acceptLive && isNamed)
		throw new AppError('usage', {
			problem: t`--accept-live takes everything from the last test.`,
			hint: t`Give it alone.`,
		});
	if (!options.acceptLive && !isNamed)
		throw new AppError('usage', {
			problem: t`Nothing to change.`,
			hint: t`Give --name, --description, --perm, --ip, --add-ip, --remove-ip, --replace-ip, --tag, --add-tag,
				--remove-tag, --used-by, --expires, --type, --env, --site or --accept-live.`,
		});
	if (addresses && patch.ip)
		throw new AppError('usage', {
			problem: t`--ip replaces the whole list.`,
			hint: t`Give --add-ip, --remove-ip and --replace-ip without it.`,
		});
	if (tags && patch.tags)
		throw new AppError('usage', {
			problem: t`--tag replaces all tags.`,
			hint: t`Give --add-tag and --remove-tag without it.`,
		});
	return options.acceptLive ? {acceptsLive: true} : {patch, addresses, tags};
}

export const editCommand = defineCommand({
	name: 'edit',
	summary: msg`change one or more keys; permissions and addresses also on the exchange, where its API can do that`,
	examples: [
		msg`okx-keys edit grid --name grid-eu --tag bots,eu`,
		msg`okx-keys edit grid --perm read,trade --ip 203.0.113.7,198.51.100.0/24`,
		msg`okx-keys edit grid --accept-live`,
		msg`okx-keys edit grid paper --replace-ip 203.0.113.7=198.51.100.7`,
	],
	operand: atLeastOne('names'),
	options,
	async run(session, {operand: names, options}) {
		const {context, io} = session;
		const wanted = changeOf(options, session);
		if (names.length > 1 && options.name !== undefined)
			throw new AppError('usage', {
				problem: t`--name is for one key: no two have the same name.`,
				hint: t`Name one key.`,
			});
		await unlock(session);
		const content = context.vault.read();
		const ids = [...new Set(names.map(name => keyByName(content, name).id))];
		if (names.length > 1) return editSeveral(session, ids, wanted, options);
		const plan = await planChange(context, ids[0]!, wanted, {signal: io.stopSignal()});
		for (const change of plan.changes) io.note(changeWords(change));
		for (const warning of warningOf(plan)) noteWarning(io, warning);
		const isLive = plan.changes.some(({where}) => where === 'exchange');
		if (isLive) await requireConfirmation(io, options, t`Change it on the exchange?`);
		const key = await editKey(context, plan);
		const name = sanitize(key.name);
		if (io.json) io.out(jsonText(keyJson(key, context.clock())));
		else if (plan.changes.length === 0) io.out(t`Nothing changes.`);
		else io.out(isLive ? t`${name} is changed on the exchange and in the vault.` : t`${name} is changed in the vault.`);
		if (plan.changes.some(({where}) => where === 'declared'))
			io.note(t`The exchange was not told. Its page: ${apiPage(key)}`);
		return 'ok';
	},
});
