import {AppError} from '../core/errors.ts';
import {isListed, withAddresses, withoutAddresses} from '../core/ip/allow-list.ts';
import {suggestedCommand} from '../core/invocation.ts';
import type {StoredKey} from '../core/key/key.ts';
import {ipListProblem} from '../core/ip/validate.ts';
import {refuse} from '../core/problem.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Context} from './context.ts';
import {checkPatch, planOf, presentOf} from './plan-edit.ts';
import type {EditPatch, EditPlan} from './edit-plan.ts';
import {t} from '../language/translate.ts';

export type AddressChange = {
	readonly add?: readonly string[] | undefined;
	readonly remove?: readonly string[] | undefined;
};

type PlanAddressesOptions = {
	readonly patch?: Omit<EditPatch, 'ip'>;
	readonly signal?: AbortSignal | undefined;
};

/**
 * A plan that adds or removes allow-list entries, starting from the exchange's list where the key can be managed
 * from here, so that no unnamed address is lost. Throws `invalid` for entries that are wrong or not in the list,
 * and when none would be left.
 */
export async function planAddresses(
	context: Context,
	id: string,
	{add = [], remove = []}: AddressChange,
	{patch = {}, signal}: PlanAddressesOptions = {},
): Promise<EditPlan> {
	refuse(ipListProblem(add) ?? ipListProblem(remove));
	await checkPatch(context, id, patch);
	const present = await presentOf(context, id, ['ip'], signal);
	const {base, listed} = present;
	const before = (listed ?? base).ip;
	if (listed && before.length === 0) throw new AppError('invalid', unlisted(base, add));
	const {list, missing} = withoutAddresses(withAddresses(before, add), remove);
	if (missing.length > 0) throw new AppError('invalid', notListed(base, missing[0]!, before));
	if (list.length === 0 && before.length > 0) {
		throw new AppError('invalid', {
			problem: t`That would leave ${sanitize(base.name)} without an IP list, open to every address.`,
			fix: t`If you mean that: ${suggestedCommand('edit', base.name, '--ip', '')}`,
		});
	}

	refuse(ipListProblem(list));
	return planOf(present, {...patch, ip: list});
}

function unlisted({name}: StoredKey, add: readonly string[]) {
	const command = suggestedCommand('edit', name, '--ip', add.length === 0 ? '203.0.113.7' : add.join(','));
	return {
		problem: t`The exchange tells of no IP list of ${sanitize(name)}: one begun now would shut out every address not
			named.`,
		fix: t`To begin one, name all addresses that use the key: ${command}`,
	};
}

function notListed({name}: StoredKey, entry: string, list: readonly string[]) {
	const has = list.length === 0 ? t`It has none.` : t`It has ${list.map(one => sanitize(one)).join(', ')}.`;
	return {
		problem: isListed(entry, list)
			? t`${sanitize(entry)} is not an entry of the IP list of ${sanitize(name)}, but part of one of its networks.`
			: t`${sanitize(entry)} is not an entry of the IP list of ${sanitize(name)}.`,
		fix: has,
	};
}
