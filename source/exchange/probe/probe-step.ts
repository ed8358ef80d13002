import {isAppError} from '../../core/errors.ts';
import type {WireFailure} from '../../core/wire-failure.ts';
import {connectionFailure} from '../failure.ts';

/** The layers of a live test, in the order they are tried. */
export const probeStepNames = ['dns', 'tcp', 'tls', 'time', 'auth', 'permissions', 'ip'] as const;
/** `trade` comes last, and only where it was asked for. */
export type ProbeStepName = (typeof probeStepNames)[number] | 'trade';

/**
 * One layer of the test. `ok` is null for a layer that was not reached or does not apply; `ms` is null where nothing
 * was timed.
 */
export type ProbeStep = {
	readonly name: ProbeStepName;
	readonly ok: boolean | null;
	readonly ms: number | null;
	readonly detail: string;
};

/** What a layer found out: something to go on with, or why there is no going on. */
export type StepResult<Value> = {readonly ms: number} & (
	| {readonly value: Value; readonly failure?: never}
	| {readonly value?: never; readonly failure: WireFailure}
);

/** The layers of one test as they come. */
export type ProbeRun = {
	readonly list: readonly ProbeStep[];
	readonly report: (layer: ProbeStep) => void;
	/**
	 * Times one layer and reports it; what it threw becomes its failure. `run` is given what starts its time anew,
	 * for time spent waiting for the first turn is not the exchange's; that of repetitions is. An abort rejects.
	 */
	readonly run: <Value>(
		name: ProbeStepName,
		host: string,
		run: (restart: (tried: number) => void) => Promise<Value>,
		describe: (value: Value) => {readonly ok?: boolean; readonly detail: string},
	) => Promise<StepResult<Value>>;
	/** Reports what is left of `names` as not reached, or why it was left out. */
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
		leaveOut(names, why = 'not reached') {
			for (const name of names)
				if (!list.some(layer => layer.name === name)) report({name, ok: null, ms: null, detail: why});
		},
	};
}

/** What an error of a layer means; passes on what is no failure of the exchange. */
function failureOf(error: unknown, host: string, signal: AbortSignal | undefined): WireFailure {
	signal?.throwIfAborted();
	if (isAppError(error, 'exchange') && error.details.failure) return error.details.failure;
	if (isAppError(error) || error instanceof TypeError) throw error;
	return connectionFailure(error, host);
}

const failedWords: Readonly<Record<WireFailure['kind'], string>> = {
	code: 'refused',
	dns: 'no address found',
	refused: 'connection refused',
	reset: 'connection cut off',
	unreachable: 'no route',
	timeout: 'no answer in time',
	tls: 'not safe',
	proxy: 'the proxy does not let us through',
	redirect: 'sent elsewhere',
	'web-page': 'a web page instead of data',
	empty: 'nothing at all',
	garbage: 'not an answer of the exchange',
	uncoded: 'refused without a code',
	'too-large': 'far too long an answer',
	unsendable: 'cannot be sent',
	unexpected: 'failed',
};

/** A failure in a few words; the sentence with its remedy is core/diagnosis.ts's. */
function failedInWords({kind, exchangeCode, message, proxy}: WireFailure): string {
	if (proxy?.problem) return `${proxy.variable} names a proxy that cannot be used`;
	const what = exchangeCode === undefined ? failedWords[kind] : `${failedWords[kind]} with ${exchangeCode}`;
	return message === undefined ? what : `${what}: ${message}`;
}
