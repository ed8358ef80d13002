import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth, truncate} from '../../core/text/width.ts';
import {probeStepNames, type ProbeStep, type ProbeStepName} from '../../exchange/probe/probe-step.ts';
import {symbols} from '../drawing/theme.ts';
import type {Row} from '../drawing/rows.tsx';
import {msg, t, type Translatable} from '../../language/translate.ts';

const labels: Readonly<Record<ProbeStepName, Translatable>> = {
	dns: msg`Find the host`,
	tcp: msg`Connect`,
	tls: msg`Encrypt`,
	time: msg`Compare clocks`,
	auth: msg`Sign a call`,
	permissions: msg`Permissions`,
	ip: msg`IP allow-list`,
	trade: msg`Trade`,
};

type StepRowOptions = {
	readonly isRunning: boolean;
	readonly withTrade?: boolean;
	readonly width: number;
};

export function stepRows(layers: readonly ProbeStep[], {isRunning, withTrade = false, width}: StepRowOptions): Row[] {
	const names: readonly ProbeStepName[] = withTrade ? [...probeStepNames, 'trade'] : probeStepNames;
	const running = isRunning ? names.find(name => !layers.some(layer => layer.name === name)) : undefined;
	return names.map((name): Row => {
		const layer = layers.find(one => one.name === name);
		const label = padToWidth(labels[name](), 15);
		if (!layer)
			return [
				{
					text: `${name === running ? symbols.running : symbols.waiting} ${label}`,
					tone: name === running ? 'accent' : 'muted',
				},
			];
		const [sign, tone] =
			layer.ok === null
				? ([symbols.none, 'muted'] as const)
				: layer.ok
					? ([symbols.good, 'good'] as const)
					: ([symbols.bad, 'bad'] as const);
		const time = padToWidth(layer.ms === null ? '' : t`${Math.round(layer.ms)} ms`, 8);
		return [
			{text: `${sign} `, tone},
			{text: label, tone: layer.ok === null ? 'muted' : 'plain'},
			{text: ` ${time} `, tone: 'muted'},
			truncate(sanitize(layer.detail), Math.max(4, width - 27)),
		];
	});
}
