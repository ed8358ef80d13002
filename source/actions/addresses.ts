import {AppError} from '../core/errors.ts';
import {isListed, withAddresses, withoutAddresses, withReplaced, type Replacement} from '../core/ip/allow-list.ts';
import {suggestedCommand} from '../core/invocation.ts';
import type {StoredKey} from '../core/key/key.ts';
import {ipListProblem} from '../core/ip/validate.ts';
import {refuse} from '../core/problem.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Context} from './context.ts';
import {checkPatch, planOf, presentOf} from './plan-edit.ts';
import {textOf, type EditPatch, type EditPlan} from './edit-plan.ts';
import {t} from '../language/translate.ts';

export type AddressChange = {
	readonly add?: readonly string[] | undefined;
	readonly remove?: readonly string[] | undefined;
	/** Comes before the others. */
	readonly replace?: readonly Replacement[] | undefined;
};

type PlanAddressesOptions = {
	readonly patch?: Omit<EditPatch, 'ip'>;
	readonly signal?: AbortSignal | undefined;
	/** An address to remove or to replace may be missing: for several keys, only some of which have it. */
	readonly mayMiss?: boolean;
};

/**
 * A plan that adds, removes or replaces allow-list entries, starting from the exchange's list where the key can be
 * managed from here, so that no unnamed address is lost. Throws `invalid` for entries that are wrong or not in the
 * list, and when none would be left.
 */
export async function planAddresses(
	context: Context,
	id: string,
	{add = [], remove = [], replace = []}: AddressChange,
	{patch = {}, signal, mayMiss = false}: PlanAddressesOptions = {},
): Promise<EditPlan> {
	const replaced = [replace.map(({from}) => from), replace.map(({to}) => to)] as const;
	refuse([add, remove, ...replaced].map(list => ipListProblem(list)).find(problem => problem !== undefined));
	await checkPatch(context, id, patch);
	const present = await presentOf(context, id, ['ip'], signal);
	const {base, listed} = present;
	const before = (listed ?? base).ip;
	if (listed && before.length === 0 && !(mayMiss && add.length === 0))
		throw new AppError('invalid', unlisted(base, add));
	const changed = (from: readonly string[]) => {
		const swapped = withReplaced(from, replace);
		const {list, missing} = withoutAddresses(withAddresses(swapped.list, add), remove);
		return {list, missed: [...swapped.missing, ...missing]};
	};
	const {list, missed} = changed(before);
	const live = {...base, ip: list};
	const declared = changed(base.ip);
	const isMade = declared.missed.length === 0 && textOf('ip', {...base, ip: declared.list}) === textOf('ip', live);
	// The exchange has made it, and the program was cut off before it was noted: what is declared catches up.
	if (missed.length > 0 && list.length > 0 && isMade) return planOf(present, {...patch, ip: list});
	if (missed.length > 0 && !mayMiss) throw new AppError('invalid', notListed(base, missed[0]!, before));
	// A key that has none of them is left alone, and also what is declared of it.
	if (missed.length > 0 && isSameList(list, before)) return planOf(present, patch);
	if (list.length === 0 && before.length > 0) {
		throw new AppError('invalid', {
			problem: t`That would leave ${sanitize(base.name)} without an IP list, open to every address.`,
			fix: t`If you mean that: ${suggestedCommand('edit', base.name, '--ip', '')}`,
		});
	}

	refuse(ipListProblem(list));
	return planOf(present, {...patch, ip: list});
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((entry, index) => entry === other[index]);
}

function unlisted({name}: StoredKey, add: readonly string[]) {
	const command = suggestedCommand('edit', name, '--ip', add.length === 0 ? '203.0.113.7' : add.join(','));
	return {
		problem: t`The exchange reports no IP list of ${sanitize(name)}: a list started now would shut out every address not
			named.`,
		fix: t`To start one, name all addresses that use the key: ${command}`,
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
