import type {TestRecord} from '../../core/key/key.ts';
import {symbols} from '../drawing/theme.ts';
import type {Row} from '../drawing/rows.tsx';

const bars = {pictures: '▁▂▃▄▅▆▇█', ascii: '_.,:=+*#'} as const;

/**
 * The latency of each recent test, scaled to the slowest; a failure has its own symbol, so that it needs no colour.
 */
export function sparkline(history: readonly TestRecord[], columns: number, isAscii: boolean): Row {
	const steps = isAscii ? bars.ascii : bars.pictures;
	const shown = history.slice(-Math.max(1, columns));
	const slowest = Math.max(1, ...shown.map(([, code, latencyMs]) => (code === 0 ? (latencyMs ?? 0) : 0)));
	return shown.map(([, code, latencyMs]) => {
		if (code !== 0) return {text: symbols.bad, tone: 'bad'};
		return latencyMs === null
			? {text: symbols.none, tone: 'muted'}
			: {text: steps[Math.min(steps.length - 1, Math.floor((latencyMs / slowest) * steps.length))]!, tone: 'good'};
	});
}
