import {bindingOf, type IpBinding} from '../core/health/binding.ts';
import {daysLeft} from '../core/health/idle.ts';
import {exits} from '../core/exit-status.ts';
import type {RemedyOffer} from '../core/diagnosis/types.ts';
import type {Drift, Environment, LiveKey, PermissionWord, StoredKey} from '../core/key/key.ts';
import {storedCause, type StoredCause} from '../core/key/test-cause.ts';
import type {Notice} from '../exchange/endpoint.ts';
import {probeStepNames, type ProbeStep} from '../exchange/probe/probe-step.ts';
import {t} from '../language/translate.ts';

/** `resultJson` is what `test --json` prints of it. */
export type TestResult = {
	readonly name: string;
	readonly ok: boolean;
	readonly code: number;
	/** In the language that was chosen. */
	readonly cause: string;
	/** The same for the vault. */
	readonly stored: StoredCause;
	readonly fix: string;
	readonly exchangeCode: string | null;
	readonly httpStatus: number | null;
	readonly host: string;
	readonly environment: Environment;
	readonly latencyMs: number | null;
	/** This machine's clock minus the exchange's, ms. */
	readonly skewMs: number | null;
	readonly layers: readonly ProbeStep[];
	readonly declared: {readonly permissions: readonly PermissionWord[]; readonly ip: readonly string[]};
	readonly live: LiveKey | null;
	readonly drift: readonly Omit<Drift, 'alarm'>[];
	/** Whether only chosen addresses may use the key, as far as the exchange's list and the key's purpose tell. */
	readonly binding: IpBinding;
	/** Of the exchange's 14 days; null where they do not apply or may not apply. */
	readonly daysLeft: number | null;
	/** The exchange counts this as a use of the key, which restarts its 14 days. */
	readonly touched: boolean;
	readonly offer: RemedyOffer | null;
	/**
	 * The exchange's own announcements, asked for only when the exchange fails; null when it was not asked or did
	 * not answer.
	 */
	readonly notices: readonly Notice[] | null;
	/** ms since 1970. */
	readonly testedAt: number;
};

/** The result of a key that was left alone, and for which nothing was sent. */
export function resultOfUntested(key: StoredKey, host: string, now: number, why: () => string): TestResult {
	const stored = storedCause(why);
	return {
		name: key.name,
		ok: true,
		code: exits.ok.status,
		cause: why(),
		stored,
		fix: '',
		exchangeCode: null,
		httpStatus: null,
		host,
		environment: key.environment,
		latencyMs: null,
		skewMs: null,
		layers: probeStepNames.map(name => ({name, ok: null, ms: null, detail: t`not asked`})),
		declared: {permissions: key.permissions, ip: key.ip},
		live: null,
		drift: [],
		binding: bindingOf(key),
		daysLeft: daysLeft(key, now),
		touched: false,
		offer: null,
		notices: null,
		testedAt: now,
	};
}

export function resultJson(result: TestResult): Omit<TestResult, 'stored'> {
	const {stored: _, ...told} = result;
	return told;
}
