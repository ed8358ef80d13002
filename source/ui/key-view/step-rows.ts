import {clean} from '../../core/text/sanitize.ts';
import {fit, truncate} from '../../core/text/width.ts';
import {layerNames, type Layer, type LayerName} from '../../exchange/probe/probe-step.ts';
import {signs} from '../drawing/theme.ts';
import type {Row} from '../drawing/rows.tsx';

const labels: Readonly<Record<LayerName, string>> = {
	dns: 'Find the host',
	tcp: 'Connect',
	tls: 'Encrypt',
	time: 'Compare clocks',
	auth: 'Sign a call',
	permissions: 'Permissions',
	ip: 'IP allow-list',
	trade: 'Trade',
};

type Options = {
	readonly isRunning: boolean;
	/** Whether Trade is proved too. */
	readonly withTrade?: boolean;
	readonly width: number;
};

/** The layers of a live test, each as soon as it is known. */
export function layerRows(layers: readonly Layer[], {isRunning, withTrade = false, width}: Options): Row[] {
	const names: readonly LayerName[] = withTrade ? [...layerNames, 'trade'] : layerNames;
	const running = isRunning ? names.find(name => !layers.some(layer => layer.name === name)) : undefined;
	return names.map((name): Row => {
		const layer = layers.find(one => one.name === name);
		const label = fit(labels[name], 15);
		if (!layer)
			return [
				{
					text: `${name === running ? signs.running : signs.waiting} ${label}`,
					tone: name === running ? 'accent' : 'muted',
				},
			];
		const [sign, tone] =
			layer.ok === null
				? ([signs.none, 'muted'] as const)
				: layer.ok
					? ([signs.good, 'good'] as const)
					: ([signs.bad, 'bad'] as const);
		const time = fit(layer.ms === null ? '' : `${Math.round(layer.ms)} ms`, 8);
		return [
			{text: `${sign} `, tone},
			{text: label, tone: layer.ok === null ? 'muted' : 'plain'},
			{text: ` ${time} `, tone: 'muted'},
			truncate(clean(layer.detail), Math.max(4, width - 27)),
		];
	});
}
