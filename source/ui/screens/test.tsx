import {useEffect, useEffectEvent, useState, type ReactNode} from 'react';
import {testKey, type TestResult} from '../../actions/test.ts';
import {clean, fit} from '../../core/text.ts';
import type {Layer} from '../../exchange/probe.ts';
import {layerRows} from '../components/layer-rows.ts';
import type {Row} from '../components/rows.tsx';
import {TextView} from '../components/text-view.tsx';
import {useTask} from '../hooks.ts';
import {useActions} from '../keys.tsx';
import {useRoom, useShell} from '../shell.ts';
import {signs} from '../theme.ts';
import {wrap} from '../wrap.ts';

/** The live test of one key: its layers as they finish, then the verdict. */
export function Test({id}: {readonly id: string}): ReactNode {
	const {context, say, fail} = useShell();
	const {columns, rows: height} = useRoom();
	const {isBusy, run, cancel} = useTask();
	const [layers, setLayers] = useState<readonly Layer[]>([]);
	const [result, setResult] = useState<TestResult>();

	const start = () => {
		run(async signal => {
			const tested = await testKey(context, id, {signal, onNotStored: fail, onLayer(layer) {
				if (!signal.aborted) setLayers(before => [...before, layer]);
			}});
			if (signal.aborted) return;
			setLayers(tested.layers);
			setResult(tested);
		});
	};
	const again = () => {
		setLayers([]);
		setResult(undefined);
		start();
	};
	const startAtOnce = useEffectEvent(start);
	useEffect(() => { startAtOnce(); }, []);
	useActions('test', {again: isBusy ? undefined : again});
	useActions('busy', {
		cancel() {
			cancel();
			say({text: 'Cancelled; nothing was stored.'});
		},
	}, {isActive: isBusy});

	const seen = layerRows(layers, isBusy, columns);
	if (!result) return <TextView rows={seen} />;
	const verdict = verdictRows(result, columns);
	// Where not both fit, the verdict is what a person is here for.
	const isTight = seen.length + 1 + verdict.length > height;
	return <TextView rows={isTight ? [...verdict, [], ...seen] : [...seen, [], ...verdict]} />;
}

/** What the test says: the verdict, what to do, and where declared and live part. */
export function verdictRows({ok, cause, fix, drift, latencyMs, skewMs, host, daysLeft}: TestResult, columns: number): Row[] {
	const width = Math.min(columns, 100);
	const column = Math.max(8, Math.floor((width - 14) / 2));
	const numbers = [
		clean(host),
		...(latencyMs === null ? [] : [`answered in ${Math.round(latencyMs)} ms`]),
		...(skewMs === null ? [] : [`clocks differ by ${Math.abs(Math.round(skewMs))} ms`]),
		...(daysLeft === null ? [] : [`${daysLeft} days left without use`]),
	];
	const differences = drift.flatMap(({field, declared, live}): Row[] => {
		const [left, right] = [wrap(clean(declared), column - 1), wrap(clean(live), column)];
		return Array.from({length: Math.max(left.length, right.length)}, (_, index): Row => [
			{text: fit(index === 0 ? field : '', 14), tone: 'muted'}, fit(left[index] ?? '', column), {text: right[index] ?? '', tone: 'bad'},
		]);
	});
	return [
		...wrap(`${ok ? signs.good : signs.bad} ${clean(cause)}`, width).map((text): Row => [{text, tone: ok ? 'good' : 'bad'}]),
		...(fix === '' ? [] : wrap(clean(fix), width).map((text): Row => [text])),
		...(drift.length === 0 ? [] : [[], [{text: `${fit('', 14)}${fit('declared here', column)}on the exchange`, tone: 'muted'}] as Row, ...differences]),
		[],
		...wrap(numbers.join(`  ${signs.dot}  `), width).map((text): Row => [{text, tone: 'muted'}]),
	];
}
