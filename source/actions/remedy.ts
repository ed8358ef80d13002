import type {Offer} from '../core/diagnosis.ts';
import {ipAllowed} from '../core/rules.ts';
import type {Context} from './context.ts';
import {acceptLive, planEdit, type EditPlan} from './edit.ts';
import {keyInUse} from './keys.ts';

/** What a test offers that changes the key; asking other sites changes nothing (sites.ts). */
export type Remedy = Exclude<Offer, {act: 'try-sites'}>;

type Options = {readonly signal?: AbortSignal};

/** A plan that does what a test has offered, for a person to look at first; it has no changes where that is so already. */
export async function planRemedy(context: Context, id: string, remedy: Remedy, options: Options = {}): Promise<EditPlan> {
	if (remedy.act === 'add-ip') return planAddress(context, id, remedy.address, options);
	if (remedy.act === 'accept-live') return acceptLive(context, id);
	return planEdit(context, id, remedy.act === 'use-site' ? {site: remedy.site} : {environment: remedy.environment}, options);
}

async function planAddress(context: Context, id: string, address: string, options: Options): Promise<EditPlan> {
	const plan = await planEdit(context, id, {ip: withAddress(keyInUse(context.vault.read(), id).ip, address)}, options);
	// What is on the exchange's list and was never declared here stays on it.
	return plan.listed ? planEdit(context, id, {ip: withAddress(plan.listed.ip, address)}, options) : plan;
}

function withAddress(list: readonly string[], address: string): readonly string[] {
	return list.length > 0 && ipAllowed(address, list) ? list : [...list, address];
}
