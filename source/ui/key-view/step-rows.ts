import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth, width as widthOf} from '../../core/text/width.ts';
import {probeStepNames, type ProbeStep, type ProbeStepName} from '../../exchange/probe/probe-step.ts';
import {symbols} from '../drawing/theme.ts';
import type {Row} from '../drawing/rows.tsx';
import {wrap} from '../drawing/wrap.ts';
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

/** Columns of a step before its detail: the sign, its name, and the time that it took. */
const signWidth = 2;
const labelWidth = 15;
const timeWidth = 8;
const detailColumn = signWidth + labelWidth + 1 + timeWidth + 1;
/** Below this, a detail beside its step would be a column of single words. */
const leastBeside = 26;

type StepRowOptions = {
	readonly isRunning: boolean;
	readonly withTrade?: boolean;
	readonly width: number;
};

/** A row for each step, with what it found; a longer detail goes on below it. */
export function stepRows(layers: readonly ProbeStep[], {isRunning, withTrade = false, width}: StepRowOptions): Row[] {
	const names: readonly ProbeStepName[] = withTrade ? [...probeStepNames, 'trade'] : probeStepNames;
	const running = isRunning ? names.find(name => !layers.some(layer => layer.name === name)) : undefined;
	return names.flatMap((name): Row[] => {
		const layer = layers.find(one => one.name === name);
		const label = padToWidth(labels[name](), labelWidth);
		if (!layer)
			return [
				[
					{
						text: `${name === running ? symbols.running : symbols.waiting} ${label}`,
						tone: name === running ? 'accent' : 'muted',
					},
				],
			];
		const [sign, tone] =
			layer.ok === null
				? ([symbols.none, 'muted'] as const)
				: layer.ok
					? ([symbols.good, 'good'] as const)
					: ([symbols.bad, 'bad'] as const);
		const time = padToWidth(layer.ms === null ? '' : t`${Math.round(layer.ms)} ms`, timeWidth);
		const step: Row = [
			{text: `${sign} `, tone},
			{text: label, tone: layer.ok === null ? 'muted' : 'plain'},
			{text: ` ${time} `, tone: 'muted'},
		];
		return withDetail(step, sanitize(layer.detail), width);
	});
}

function withDetail(step: Row, detail: string, width: number): Row[] {
	const room = width - detailColumn;
	if (widthOf(detail) <= room) return [[...step, detail]];
	const isBeside = room >= leastBeside;
	const column = isBeside ? detailColumn : signWidth;
	const lines = wrap(detail, width - column);
	const [beside = '', ...below] = isBeside ? lines : ['', ...lines];
	return [[...step, beside], ...below.map((line): Row => [`${' '.repeat(column)}${line}`])];
}
