import type {RemedyOffer} from '../core/diagnosis/types.ts';
import {planAddresses} from './addresses.ts';
import type {Context} from './context.ts';
import {planEdit} from './plan-edit.ts';
import type {EditPlan} from './edit-plan.ts';
import {acceptLive} from './accept.ts';

export type Remedy = Exclude<RemedyOffer, {act: 'try-sites'}>;

type PlanRemedyOptions = {readonly signal?: AbortSignal | undefined};

/** A plan that carries out the offer of a test; without changes when the key already is as offered. */
export async function planRemedy(
	context: Context,
	id: string,
	remedy: Remedy,
	options: PlanRemedyOptions = {},
): Promise<EditPlan> {
	if (remedy.act === 'add-ip') return planAddresses(context, id, {add: [remedy.address]}, options);
	if (remedy.act === 'accept-live') return acceptLive(context, id);
	return planEdit(
		context,
		id,
		remedy.act === 'use-site' ? {site: remedy.site} : {environment: remedy.environment},
		options,
	);
}
