import type {LiveKey} from '../core/key.ts';
import type {WireFailure} from '../core/diagnosis.ts';
import type {Exchange, Target} from './client.ts';

/** The layers of a live test, in the order they are tried. */
export const layerNames = ['dns', 'tcp', 'tls', 'time', 'auth', 'permissions', 'ip'] as const;
export type LayerName = (typeof layerNames)[number];

/** One layer of the test. `ok` is null for a layer that was not reached or does not apply; `ms` is null where nothing was timed. */
export type Layer = {readonly name: LayerName; readonly ok: boolean | null; readonly ms: number | null; readonly detail: string};

export type Probe = {
	readonly layers: readonly Layer[];
	readonly host: string;
	/** Our clock minus the exchange's, in ms; null when the exchange could not be asked. */
	readonly skewMs: number | null;
	/** Time of the signed call; null when it was not answered. */
	readonly latencyMs: number | null;
	readonly live: LiveKey | null;
	/** Why it ended early. */
	readonly failure: WireFailure | null;
};

export type ProbeOptions = {readonly signal?: AbortSignal; readonly clock: () => number; readonly onLayer?: (layer: Layer) => void};

/** Declared by the exchange side; see the architecture notes. */
export declare function probe(exchange: Exchange, target: Required<Target>, options: ProbeOptions): Promise<Probe>;
