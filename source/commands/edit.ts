import {fieldWord} from '../core/key/field-words.ts';
import {planAddresses, type AddressChange} from '../actions/addresses.ts';
import {editKey} from '../actions/edit.ts';
import {planEdit} from '../actions/plan-edit.ts';
import type {EditPatch, EditPlan} from '../actions/edit-plan.ts';
import {acceptLive} from '../actions/accept.ts';
import {keyByName} from '../actions/keys.ts';
import {apiPage, siteNames} from '../exchange/sites.ts';
import {AppError} from '../core/errors.ts';
import {environments} from '../core/key/key.ts';
import {splitIps} from '../core/ip/address.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, required, type Session} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {flag, oneOf, parsed, text, type ValuesOf} from '../cli/option.ts';
import {descriptionOption, ipOption, permissionOption, tagOption, typeOption, yesOption} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, requireConfirmation, keyJson, noteWarning} from '../cli/print.ts';
import {givenSite} from '../cli/site.ts';
import {unreachableProblem} from '../core/ip/unreachable.ts';
import {msg, t} from '../language/translate.ts';

const whereWords = {
	vault: (change: string) => change,
	exchange: (change: string) => t`${change} (live on the exchange)`,
	declared: (change: string) => t`${change} (declared only: change it on the exchange too)`,
} as const;

const options = {
	name: text('--name <name>', msg`a new name, in this vault only`),
	description: descriptionOption,
	permissions: permissionOption,
	ip: {...ipOption, summary: () => t`${ipOption.summary()}; '' for any address`},
	tags: tagOption,
	addIp: parsed(text('--add-ip <list>', msg`add addresses to the allow-list`), splitIps),
	removeIp: parsed(text('--remove-ip <list>', msg`remove addresses from the allow-list`), splitIps),
	type: typeOption,
	environment: oneOf('--env <environment>', environments, msg`live or demo trading`),
	site: text('--site <site>', msg`the site of the account, by its name or one of its hosts`, siteNames),
	acceptLive: flag('--accept-live', msg`declare what the exchange said in the last test; excludes all other options`),
	yes: yesOption,
};
type Given = ValuesOf<typeof options>;

function patchOf({name, description, permissions, ip, tags, type, environment, site}: Given, io: Io): EditPatch {
	const meant = givenSite(site, io);
	return {
		...(name !== undefined && {name}),
		...(description !== undefined && {description}),
		...(permissions !== undefined && {permissions}),
		...(ip !== undefined && {ip}),
		...(tags !== undefined && {tags}),
		...(type !== undefined && {type}),
		...(environment !== undefined && {environment}),
		...(meant !== undefined && {site: meant}),
	};
}

function addressesOf({addIp: add, removeIp: remove}: Given): AddressChange | undefined {
	if (add?.length === 0 || remove?.length === 0)
		throw new AppError('usage', {problem: t`No address was named.`, hint: t`Name one or several, with commas.`});
	return add || remove ? {...(add && {add}), ...(remove && {remove})} : undefined;
}

type EditRequest = {
	readonly patch: EditPatch;
	readonly addresses: AddressChange | undefined;
	readonly accepts: boolean;
};

async function planOf({context, io}: Session, id: string, {patch, addresses, accepts}: EditRequest): Promise<EditPlan> {
	if (accepts) return acceptLive(context, id);
	const signal = io.stopSignal();
	return addresses ? planAddresses(context, id, addresses, {patch, signal}) : planEdit(context, id, patch, {signal});
}

export const editCommand = defineCommand({
	name: 'edit',
	summary: msg`change a key; permissions and addresses also on the exchange, where its API can do that`,
	examples: [
		msg`okx-keys edit grid --name grid-eu --tag bots,eu`,
		msg`okx-keys edit grid --perm read,trade --ip 203.0.113.7,198.51.100.0/24`,
		msg`okx-keys edit grid --accept-live`,
	],
	operand: required('name'),
	options,
	async run(session, {operand: name, options}) {
		const {context, io} = session;
		const patch = patchOf(options, io);
		const addresses = addressesOf(options);
		const accepts = options.acceptLive;
		const isNamed = Object.keys(patch).length > 0 || addresses !== undefined;
		if (accepts && isNamed)
			throw new AppError('usage', {
				problem: t`--accept-live takes everything from the last test.`,
				hint: t`Give it alone.`,
			});
		if (!accepts && !isNamed)
			throw new AppError('usage', {
				problem: t`Nothing to change.`,
				hint: t`Give --name, --description, --perm, --ip, --add-ip, --remove-ip, --tag, --type, --env, --site or
					--accept-live.`,
			});
		if (addresses && patch.ip)
			throw new AppError('usage', {
				problem: t`--ip replaces the whole list.`,
				hint: t`Give --add-ip and --remove-ip without it.`,
			});
		await unlock(session);
		const {id} = keyByName(context.vault.read(), name);
		const plan = await planOf(session, id, {patch, addresses, accepts});
		for (const {field, from, to, where} of plan.changes)
			io.note(whereWords[where](t`${fieldWord(field)}: ${sanitize(from) || '-'} → ${sanitize(to) || '-'}`));
		const warning =
			plan.patch.ip === undefined
				? undefined
				: unreachableProblem({ip: plan.patch.ip, site: plan.patch.site ?? plan.base.site});
		if (warning) noteWarning(io, warning);
		const isLive = plan.changes.some(({where}) => where === 'exchange');
		if (isLive) await requireConfirmation(io, options, t`Change it on the exchange?`);
		const key = await editKey(context, plan);
		if (io.json) io.out(jsonText(keyJson(key, context.clock())));
		else if (plan.changes.length === 0) io.out(t`Nothing changes.`);
		else
			io.out(
				isLive ? t`${key.name} is changed on the exchange and in the vault.` : t`${key.name} is changed in the vault.`,
			);
		if (plan.changes.some(({where}) => where === 'declared'))
			io.note(t`The exchange was not told. Its page: ${apiPage(key)}`);
		return 'ok';
	},
});
