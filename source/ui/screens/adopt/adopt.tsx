import {useEffect, useEffectEvent, useState, type ReactNode} from 'react';
import {acceptListed, type Accepted} from '../../../actions/inventory/accept-listed.ts';
import {isDeletable, pathOf, type Inventory, type InventoryEntry} from '../../../actions/inventory/inventory.ts';
import {forgetKnown, noteKnown} from '../../../actions/inventory/known.ts';
import {isEnforceable} from '../../../actions/inventory/next-steps.ts';
import {takeInventory} from '../../../actions/inventory/take.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {Rows} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {useListSelection} from '../../key-view/list-selection.ts';
import {progressRow, type Progress} from '../../key-view/progress-row.ts';
import {useActions, type Handler} from '../../keyboard/actions.ts';
import {useHasKeyboard} from '../../keyboard/layers.ts';
import {useBusyWords, useTask} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import type {Route} from '../../routes.ts';
import {detailRows, headRow, inventoryRows} from './rows.ts';
import {msg, t, type Translatable} from '../../../language/translate.ts';

const acceptedWords: Readonly<Record<Accepted['outcome'], Translatable>> = {
	declared: msg`is declared as the exchange has it.`,
	'marked-revoked': msg`is marked as revoked here.`,
	'in-use': msg`is in use here again.`,
	restored: msg`is back from the trash.`,
};

/** What the exchange has of the keys of sub-accounts beside what is in the vault, and what can be done about it. */
export function Adopt(): ReactNode {
	const {context, push, notify} = useShell();
	const {columns, rows: height} = useViewport();
	const hasKeyboard = useHasKeyboard();
	const {isBusy, run, cancel} = useTask();
	const asking = useBusyWords(t`Asking the exchange…`, isBusy);
	const [inventory, setInventory] = useState<Inventory>();
	const [progress, setProgress] = useState<Progress>();
	const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
	// Set while another screen may change something.
	const [isOutdated, setOutdated] = useState(true);

	const read = ({keepsMessage = false} = {}) => {
		run(
			async signal => {
				const startedAt = context.clock();
				setOutdated(false);
				setProgress(undefined);
				const taken = await takeInventory(context, {
					signal,
					onDone(done) {
						setProgress({...done, startedAt, now: context.clock()});
					},
				});
				if (!signal.aborted) setInventory(taken);
			},
			{keepsMessage},
		);
	};
	const readAgain = useEffectEvent(() => {
		if (isOutdated) read({keepsMessage: true});
	});
	useEffect(() => {
		if (hasKeyboard) readAgain();
	}, [hasKeyboard]);

	const entries = (inventory?.entries ?? []).filter(({state}) => state !== 'agrees');
	const detail = height >= 14 ? 5 : height >= 9 ? 3 : 1;
	const page = Math.max(1, height - 2 - detail);
	const {selected, start, selectNext} = useListSelection(entries, ({id}) => id, page);
	const chosen = entries.filter(({id}) => marked.has(id));
	const deletable = (chosen.length > 0 ? chosen : selected ? [selected] : []).filter(entry => isDeletable(entry));
	const open = (route: Route) => {
		setOutdated(true);
		push(route);
	};
	const change = (work: (entry: InventoryEntry) => Promise<string>) => () => {
		run(
			async () => {
				notify({text: await work(selected!), tone: 'good'});
				setInventory(await takeInventory(context));
			},
			{finishes: true},
		);
	};
	const where = (isPossible: boolean, act: () => void, reason: string): Handler =>
		!selected ? {disabled: t`No key is selected.`} : isPossible ? act : {disabled: reason};
	const state = selected?.state;

	useActions(
		'adopt',
		{
			again() {
				read();
			},
			mark: where(
				selected !== undefined && isDeletable(selected),
				() => {
					setMarked(before => before.symmetricDifference(new Set([selected!.id])));
					selectNext();
				},
				t`It is in use here, so it is not deleted from here.`,
			),
			import: where(
				state === 'unknown' || state === 'known',
				() => {
					open({screen: 'adoptImport', entry: selected!});
				},
				t`Only a key that is unknown here can be imported.`,
			),
			delete:
				chosen.length > 0
					? {
							act() {
								open({screen: 'adoptDelete', entries: deletable});
							},
							label: t`delete ${chosen.length} marked`,
						}
					: where(
							deletable.length > 0,
							() => {
								open({screen: 'adoptDelete', entries: deletable});
							},
							t`It is in use here, so it is not deleted from here.`,
						),
			accept: where(
				state === 'differs' || state === 'gone' || state === 'revoked' || state === 'trash',
				state === 'differs'
					? () => {
							open({screen: 'adoptReview', entry: selected!, how: 'accept'});
						}
					: change(async entry => {
							const {key, outcome} = await acceptListed(context, entry);
							return `${sanitize(key.name)} ${acceptedWords[outcome]()}`;
						}),
				t`There is nothing to accept about it.`,
			),
			enforce: where(
				selected !== undefined && state === 'differs' && isEnforceable(selected),
				() => {
					open({screen: 'adoptReview', entry: selected!, how: 'enforce'});
				},
				t`Only permissions and addresses that differ can be set on the exchange.`,
			),
			known:
				state === 'known'
					? {
							act: change(async entry => {
								await forgetKnown(context, [entry]);
								return t`${sanitize(pathOf(entry))} counts as unknown again.`;
							}),
							label: t`unknown again`,
							changes: true,
						}
					: where(
							state === 'unknown',
							change(async entry => {
								await noteKnown(context, [entry], '');
								return t`${sanitize(pathOf(entry))} is noted as kept elsewhere.`;
							}),
							t`Only a key that is unknown here can be kept elsewhere.`,
						),
		},
		{isActive: !isBusy},
	);
	useActions('busy', {cancel}, {isActive: isBusy});

	const head = isBusy
		? progress
			? progressRow(progress, false, columns)
			: ([{text: asking, tone: 'accent'}] as const)
		: headRow(inventory, columns);
	const body = inventoryRows(entries.slice(start, start + page), {selected, marked, columns});
	const padding = Array.from({length: Math.max(0, page - body.rows.length)}, () => []);
	return (
		<Rows
			width={columns}
			rows={[head, body.header, ...body.rows, ...padding, ...detailRows(selected, inventory, columns, detail)]}
		/>
	);
}
