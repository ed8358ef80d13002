import {isAppError} from '../../core/errors.ts';
import type {WireFailure} from '../../core/failures/wire-failure.ts';
import {connectionFailure} from '../failure.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

export const probeStepNames = ['dns', 'tcp', 'tls', 'time', 'auth', 'permissions', 'ip'] as const;
/** `trade` runs last, and only if it was asked for. */
export type ProbeStepName = (typeof probeStepNames)[number] | 'trade';

/** `ok` is null for a step that was not reached or does not apply; `ms` is null if nothing was timed. */
export type ProbeStep = {
	readonly name: ProbeStepName;
	readonly ok: boolean | null;
	readonly ms: number | null;
	readonly detail: string;
};

export type StepResult<Value> = {readonly ms: number} & (
	| {readonly value: Value; readonly failure?: never}
	| {readonly value?: never; readonly failure: WireFailure}
);

export type ProbeRun = {
	readonly list: readonly ProbeStep[];
	readonly report: (layer: ProbeStep) => void;
	/**
	 * Times one step and reports it; an error becomes its failure, and an abort rejects. `run` receives a function that
	 * restarts the time, since waiting for the first turn is not the exchange's time, and that of repetitions is.
	 */
	readonly run: <Value>(
		name: ProbeStepName,
		host: string,
		run: (restart: (tried: number) => void) => Promise<Value>,
		describe: (value: Value) => {readonly ok?: boolean; readonly detail: string},
	) => Promise<StepResult<Value>>;
	/** Reports the rest of `names` as not reached, or with the reason why they were left out. */
	readonly leaveOut: (names: readonly ProbeStepName[], why?: string) => void;
};

export function createProbeRun(
	onLayer: ((layer: ProbeStep) => void) | undefined,
	signal: AbortSignal | undefined,
): ProbeRun {
	const list: ProbeStep[] = [];
	const report = (layer: ProbeStep) => {
		list.push(layer);
		onLayer?.(layer);
	};
	return {
		list,
		report,
		async run(name, host, run, describe) {
			signal?.throwIfAborted();
			let started = performance.now();
			const found = await run(tried => {
				if (tried === 0) started = performance.now();
			}).then(
				value => ({value}),
				(error: unknown) => ({failure: failureOf(error, host, signal)}),
			);
			signal?.throwIfAborted();
			const ms = Math.round((performance.now() - started) * 10) / 10;
			const {ok = true, detail} =
				'failure' in found ? {ok: false, detail: failedInWords(found.failure)} : describe(found.value);
			report({name, ok, ms, detail});
			return {...found, ms};
		},
		leaveOut(names, why = t`not reached`) {
			for (const name of names)
				if (!list.some(layer => layer.name === name)) report({name, ok: null, ms: null, detail: why});
		},
	};
}

function failureOf(error: unknown, host: string, signal: AbortSignal | undefined): WireFailure {
	signal?.throwIfAborted();
	if (isAppError(error, 'exchange') && error.details.failure) return error.details.failure;
	if (isAppError(error) || error instanceof TypeError) throw error;
	return connectionFailure(error, host);
}

const failedWords: Readonly<Record<WireFailure['kind'], Translatable>> = {
	code: msg`refused`,
	dns: msg`no address found`,
	refused: msg`connection refused`,
	reset: msg`connection cut off`,
	unreachable: msg`no route`,
	timeout: msg`no answer in time`,
	tls: msg`not safe`,
	proxy: msg`the proxy does not let us through`,
	redirect: msg`sent elsewhere`,
	'not-allowed': msg`not allowed by the settings`,
	'web-page': msg`a web page instead of data`,
	empty: msg`nothing at all`,
	garbage: msg`not an answer of the exchange`,
	uncoded: msg`refused without a code`,
	'too-large': msg`far too long an answer`,
	unsendable: msg`cannot be sent`,
	unexpected: msg`failed`,
};

function failedInWords({kind, exchangeCode, message, proxy}: WireFailure): string {
	if (proxy?.problem) return t`${proxy.variable} names a proxy that cannot be used`;
	const what = exchangeCode === undefined ? failedWords[kind]() : t`${failedWords[kind]()} with ${exchangeCode}`;
	return message === undefined ? what : `${what}: ${message}`;
}
