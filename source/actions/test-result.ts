import type {IpBinding} from '../core/health/binding.ts';
import type {RemedyOffer} from '../core/diagnosis/types.ts';
import type {Drift, Environment, LiveKey, PermissionWord} from '../core/key/key.ts';
import type {Notice} from '../exchange/endpoint.ts';
import type {ProbeStep} from '../exchange/probe/probe-step.ts';

/** The answer to "does this key work from here, and what can it do": `test --json` prints it as it is. */
export type TestResult = {
	readonly name: string;
	/** Whether all is well: the key works and is what it is declared to be. */
	readonly ok: boolean;
	/** The exit status that goes with the answer. */
	readonly code: number;
	readonly cause: string;
	readonly fix: string;
	readonly exchangeCode: string | null;
	readonly httpStatus: number | null;
	readonly host: string;
	readonly environment: Environment;
	readonly latencyMs: number | null;
	/** Our clock minus the exchange's, ms. */
	readonly skewMs: number | null;
	readonly layers: readonly ProbeStep[];
	readonly declared: {readonly permissions: readonly PermissionWord[]; readonly ip: readonly string[]};
	readonly live: LiveKey | null;
	readonly drift: readonly Omit<Drift, 'alarm'>[];
	/** Whether only chosen addresses may use the key, as far as the exchange's list and the purpose of the key tell. */
	readonly binding: IpBinding;
	/** Of the exchange's 14 days; null where they do not apply, or are not known to. */
	readonly daysLeft: number | null;
	/** Whether the exchange counts this as a use of the key, so that its 14 days begin anew. */
	readonly touched: boolean;
	/** What the program can do about it; null where there is nothing. */
	readonly offer: RemedyOffer | null;
	/**
	 * What the exchange announces of itself, asked only when it is the exchange that fails; null when it was not
	 * asked or did not say.
	 */
	readonly notices: readonly Notice[] | null;
	/** ms since 1970. */
	readonly testedAt: number;
};
