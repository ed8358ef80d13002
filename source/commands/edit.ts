import {planAddresses, type AddressChange} from '../actions/addresses.ts';
import {editKey} from '../actions/edit.ts';
import {planEdit} from '../actions/plan-edit.ts';
import type {EditPatch, EditPlan} from '../actions/edit-plan.ts';
import {acceptLive} from '../actions/accept.ts';
import {keyByName} from '../actions/keys.ts';
import {apiPage} from '../exchange/sites.ts';
import {AppError} from '../core/errors.ts';
import {environments, type Environment} from '../core/key.ts';
import {parsePermissions} from '../core/validate.ts';
import {splitIps} from '../core/ip/address.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {textOption, type Command, type Session, type ParsedArguments} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {
	descriptionOption,
	givenType,
	ipOption,
	permissionOption,
	tagOption,
	typeOption,
	yesOption,
} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, requireConfirmation, keyJson, noteWarning} from '../cli/print.ts';
import {givenSite} from '../cli/site.ts';
import {unreachableProblem} from '../core/ip/unreachable.ts';

const places = {
	vault: '',
	exchange: ' (live on the exchange)',
	declared: ' (declared only: change it on the exchange too)',
} as const;

function patchOf(words: ParsedArguments, io: Io): EditPatch {
	const given = {
		name: textOption(words, 'name'),
		description: textOption(words, 'description'),
		perm: textOption(words, 'perm'),
		ip: textOption(words, 'ip'),
		tag: textOption(words, 'tag'),
		type: givenType(words),
		env: textOption(words, 'env'),
		site: givenSite(words, io),
	};
	return {
		...(given.name !== undefined && {name: given.name}),
		...(given.description !== undefined && {description: given.description}),
		...(given.perm !== undefined && {permissions: parsePermissions(given.perm)}),
		...(given.ip !== undefined && {ip: splitIps(given.ip)}),
		...(given.tag !== undefined && {tags: splitIps(given.tag)}),
		...(given.type !== undefined && {type: given.type}),
		...(given.env !== undefined && {environment: given.env as Environment}),
		...(given.site !== undefined && {site: given.site}),
	};
}

/** The entries of --add-ip and --remove-ip; undefined without either. */
function addressesOf(words: ParsedArguments): AddressChange | undefined {
	const [add, remove] = [textOption(words, 'addIp'), textOption(words, 'removeIp')];
	const given = {
		...(add !== undefined && {add: splitIps(add)}),
		...(remove !== undefined && {remove: splitIps(remove)}),
	};
	if (Object.values(given).some(entries => entries.length === 0))
		throw new AppError('usage', {problem: 'No address was named.', hint: 'Name one or several, with commas.'});
	return Object.keys(given).length === 0 ? undefined : given;
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

export const edit: Command = {
	name: 'edit',
	summary: 'change a key; permissions and IPs live where that is possible',
	operands: '<name>',
	options: [
		{flags: '--name <name>', summary: 'a new name, in this vault only'},
		descriptionOption,
		permissionOption,
		{...ipOption, summary: `${ipOption.summary}; '' for any address`},
		tagOption,
		{flags: '--add-ip <list>', summary: 'add to the allow-list; what is on it stays'},
		{flags: '--remove-ip <list>', summary: 'take off the allow-list; what else is on it stays'},
		typeOption,
		{flags: '--env <environment>', summary: 'live or demo: which one the key is of', choices: environments},
		{
			flags: '--site <site>',
			summary: 'the site of the exchange that the account lives on, by its name or one of its hosts',
		},
		{flags: '--accept-live', summary: 'declare what the exchange said in the last test; nothing else can be given'},
		yesOption,
	],
	async run(session, words) {
		const {context, io} = session;
		const patch = patchOf(words, io);
		const addresses = addressesOf(words);
		const accepts = words.options['acceptLive'] === true;
		const isNamed = Object.keys(patch).length > 0 || addresses !== undefined;
		if (accepts && isNamed)
			throw new AppError('usage', {
				problem: '--accept-live takes everything from the last test.',
				hint: 'Give it alone.',
			});
		if (!accepts && !isNamed)
			throw new AppError('usage', {
				problem: 'Nothing to change.',
				hint: 'Give --name, --description, --perm, --ip, --add-ip, --remove-ip, --tag, --type, --env, --site or --accept-live.',
			});
		if (addresses && patch.ip)
			throw new AppError('usage', {
				problem: '--ip replaces the whole list.',
				hint: 'Give --add-ip and --remove-ip without it.',
			});
		await unlock(session);
		const {id} = keyByName(context.vault.read(), words.operands[0]!);
		const plan = await planOf(session, id, {patch, addresses, accepts});
		for (const {field, from, to, where} of plan.changes)
			io.note(`${field}: ${sanitize(from) || '-'} → ${sanitize(to) || '-'}${places[where]}`);
		const warning =
			plan.patch.ip === undefined
				? undefined
				: unreachableProblem({ip: plan.patch.ip, site: plan.patch.site ?? plan.base.site});
		if (warning) noteWarning(io, warning);
		const isLive = plan.changes.some(({where}) => where === 'exchange');
		if (isLive) await requireConfirmation(io, words, 'Change it on the exchange?');
		const key = await editKey(context, plan);
		if (io.json) io.out(jsonText(keyJson(key, context.clock())));
		else if (plan.changes.length === 0) io.out('Nothing changes.');
		else io.out(`${key.name} is changed ${isLive ? 'on the exchange and ' : ''}in the vault.`);
		if (plan.changes.some(({where}) => where === 'declared'))
			io.note(`The exchange was not told. Its page: ${apiPage(key)}`);
		return 'ok';
	},
};
