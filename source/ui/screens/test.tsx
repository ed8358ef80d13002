import {useEffect, useEffectEvent, useRef, useState, type ReactNode} from 'react';
import {testKey} from '../../actions/test.ts';
import type {TestResult} from '../../actions/test-result.ts';
import {blastRadius} from '../../core/health/blast-radius.ts';
import type {ProbeStep} from '../../exchange/probe/probe-step.ts';
import {stepRows} from '../key-view/step-rows.ts';
import {TextView} from '../drawing/text-view.tsx';
import {verdictRows} from '../key-view/verdict-rows.ts';
import {useContent, useTask} from '../shell/hooks.ts';
import {useActions} from '../keyboard/actions.ts';
import {remedyFor, remedyLabel} from '../key-view/remedies.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {t} from '../../language/translate.ts';

export function Test({id}: {readonly id: string}): ReactNode {
	const {context, push, notify, notifyError} = useShell();
	const {columns, rows: height} = useViewport();
	const {keys} = useContent();
	const {isBusy, run, cancel} = useTask();
	const [layers, setLayers] = useState<readonly ProbeStep[]>([]);
	const [result, setResult] = useState<TestResult>();
	const [provesTrade, setProvesTrade] = useState(false);
	const key = keys.find(one => one.id === id);

	const isSaving = useRef(false);
	const start = (proveTrade: boolean) => {
		isSaving.current = false;
		run(async signal => {
			const tested = await testKey(context, id, {
				signal,
				proveTrade,
				onNotStored: notifyError,
				onSaving() {
					isSaving.current = true;
				},
				onLayer(layer) {
					if (!signal.aborted) setLayers(before => [...before, layer]);
				},
			});
			if (signal.aborted) return;
			setLayers(tested.layers);
			setResult(tested);
		});
	};
	const again = (proveTrade: boolean) => {
		setProvesTrade(proveTrade);
		setLayers([]);
		setResult(undefined);
		start(proveTrade);
	};
	const startAtOnce = useEffectEvent(() => {
		start(false);
	});
	useEffect(() => {
		startAtOnce();
	}, []);

	// A result may not apply to the key after a change.
	const isPast = result !== undefined && key !== undefined && key.updatedAt > result.testedAt;
	const offer = result === undefined || isPast ? null : result.offer;
	const remedy = remedyFor(offer, key, {push});
	useActions(
		'test',
		{
			copy:
				result === undefined || result.ok || key?.lastTest?.ok !== false
					? {disabled: t`The test has not failed.`}
					: () => {
							push({screen: 'copy', id, first: 'failure'});
						},
			remedy: remedy ?? {disabled: t`The test offers nothing to do.`},
			accept: (offer?.act === 'accept-live' ? remedy : undefined) ?? {
				disabled: t`The test saw no difference to accept.`,
			},
			again() {
				again(false);
			},
			prove() {
				again(true);
			},
		},
		{isActive: !isBusy},
	);
	useActions(
		'busy',
		{
			cancel() {
				if (isSaving.current) return notify({text: t`The test has ended; its result is being stored.`});
				cancel();
				notify({text: t`Cancelled; nothing was stored.`});
			},
		},
		{isActive: isBusy},
	);

	const seen = stepRows(layers, {isRunning: isBusy, withTrade: provesTrade, width: columns});
	if (!result) return <TextView rows={seen} />;
	const reach = key && blastRadius(key, result.live ?? key.lastTest?.live ?? null);
	const verdict = verdictRows(result, {
		reach: reach && t`A thief of this key ${reach}.`,
		remedy: offer && remedy ? remedyLabel(offer) : undefined,
		isPast,
		columns,
	});
	// Where not both fit, the verdict comes first.
	const isTight = seen.length + 1 + verdict.length > height;
	return <TextView rows={isTight ? [...verdict, [], ...seen] : [...seen, [], ...verdict]} />;
}
