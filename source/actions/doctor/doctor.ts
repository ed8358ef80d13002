import {exits, worstExit, type Exit} from '../../core/exit-status.ts';
import {within} from '../../exchange/http/deadline.ts';
import {reachSite, type SiteProbe} from '../../exchange/probe/site-probe.ts';
import type {Context} from '../context.ts';
import type {Check, Result, Surroundings} from './check.ts';
import {networkChecks} from './network-checks.ts';
import {processChecks} from './process-checks.ts';
import {settingsCheck} from './settings-check.ts';
import {terminalChecks} from './terminal-checks.ts';
import {vaultChecks} from './vault-checks.ts';

/** All checks, in the order of the report. */
export const checks: readonly Check[] = [
	...vaultChecks,
	settingsCheck,
	...terminalChecks,
	...networkChecks,
	...processChecks,
];

export type Examined = Pick<Check, 'id' | 'title'> & Result;

export type DoctorOptions = Omit<Surroundings, 'context' | 'reach'> & {
	/** Asks nothing outside of this machine. */
	readonly isOffline: boolean;
	readonly signal?: AbortSignal | undefined;
};

/** What the exchange may take, ms: a machine without a network is told so after that long. */
const reachMs = 5000;

/** Looks at this machine without opening the vault, and changes nothing. Rejects only when the signal aborts. */
export async function examine(
	context: Context,
	{isOffline, signal, ...surroundings}: DoctorOptions,
): Promise<readonly Examined[]> {
	const {exchange, clock} = context;
	const target = {site: surroundings.site, environment: 'live'} as const;
	let probe: Promise<SiteProbe> | undefined;
	const reach = async () =>
		(probe ??= within(reachMs, signal, async signal => reachSite(exchange, target, {clock, signal})));
	const on = {...surroundings, context, reach: isOffline ? undefined : reach};
	const examined: Examined[] = [];
	for (const {id, title, run} of checks) {
		examined.push({id, title, ...(await run(on))});
		signal?.throwIfAborted();
	}

	return examined;
}

/** Warnings are no failure. */
export function exitOf(examined: readonly Examined[]): Exit {
	return worstExit(examined.map(one => exits[one.state === 'bad' ? one.exit : 'ok'].status));
}
