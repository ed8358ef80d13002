import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {rotationOf, usersIn} from '../../actions/rotation.ts';
import {finishRotation, isManaged} from '../../actions/rotation-end.ts';
import type {RotateOperation} from '../../core/key/operation.ts';
import {wordsOfUser, type KeyUser} from '../../core/key/users.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {symbols} from '../drawing/theme.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {Choice, type ChoiceOption} from '../forms/choice.tsx';
import {useForm} from '../forms/form.ts';
import {useBusyWords, useContent, useFieldProps, useTask} from '../shell/hooks.ts';
import {useShell} from '../shell/shell.ts';
import {apiPage} from '../../exchange/sites.ts';
import {rotatedWords} from './handed-over.ts';
import type {VaultContent} from '../../vault/vault.ts';
import {t} from '../../language/translate.ts';

type Next = 'revoke-old' | 'check-gone' | 'continue-rotation' | 'abort-rotation';

/** Where the rotation of a key stands, who may have the old key still, and what can be done next. */
export function Rotation({id}: {readonly id: string}): ReactNode {
	const {context, push, leave, pop, closeKey, notify} = useShell();
	const {isBusy, run} = useTask();
	const doing = useBusyWords(t`Waiting for the exchange…`, isBusy);
	const field = useFieldProps();
	const {rows: height} = useViewport();
	const content = useContent();
	const rotation = rotationOf(content, id);
	const old = content.keys.find(one => one.id === rotation?.oldId);
	const page = old && context.vault.isOpen() && !isManaged(context, old) ? apiPage(old) : undefined;
	const options = rotation ? optionsFor(rotation, page) : [];
	const [chosen, setChosen] = useState<Next>();
	const next = options.find(({value}) => value === chosen) ?? options[0];
	const checkGone = (given: RotateOperation) => {
		run(
			async () => {
				const key = await finishRotation(context, given);
				pop();
				closeKey(given.oldId);
				notify({text: rotatedWords(key), tone: 'good'});
			},
			{finishes: true},
		);
	};
	useForm({
		fields: ['next'],
		isActive: !isBusy,
		onBack: leave,
		onSubmit() {
			if (!rotation || !next) return leave();
			if (next.value === 'check-gone') return checkGone(rotation);
			push({screen: 'confirm', danger: {act: next.value, id: askedAbout(content, rotation, next.value)}});
		},
	});
	const width = Math.min(field.width, 100);
	if (!rotation || !next)
		return <Rows width={width} rows={[[{text: t`This key is not being rotated.`, tone: 'muted'}]]} />;
	const state = wrap(stateWords(content, rotation), width).map((text): Row => [text]);
	// The choice below needs these rows.
	const room = Math.max(1, height - state.length - options.length - 7);
	return (
		<Box flexDirection="column" gap={1}>
			<Rows width={width} rows={state} />
			<Rows
				width={width}
				rows={[...userRows(usersIn(content, rotation), width, room), ...noteRows(content, rotation, width)]}
			/>
			<Choice
				label={t`Next`}
				options={options}
				value={next.value}
				onValue={setChosen}
				{...field}
				isFocused={!isBusy}
				width={width}
			/>
			{isBusy && <Rows width={width} rows={[[{text: doing, tone: 'accent'}]]} />}
		</Box>
	);
}

/** `page` is that of the old key, where only it can delete the key. */
function optionsFor({step}: RotateOperation, page: string | undefined): readonly ChoiceOption<Next>[] {
	const abort = {
		value: 'abort-rotation',
		label: t`undo the rotation`,
		about: t`The old key gets its name back, and the new one is deleted on the exchange.`,
	} as const;
	if (step === 'aborting') return [abort];
	return step === 'creating'
		? [{value: 'continue-rotation', label: t`go on`, about: t`The new key is tested, and gets the name.`}, abort]
		: [page === undefined ? revokeOption() : checkOption(page), abort];
}

function revokeOption(): ChoiceOption<Next> {
	return {
		value: 'revoke-old',
		label: t`revoke the old key`,
		about: t`It is deleted on the exchange, and goes to the trash with its history.`,
	};
}

function checkOption(page: string): ChoiceOption<Next> {
	return {
		value: 'check-gone',
		label: t`check that the old key is deleted`,
		about: t`No API deletes it: delete it on ${page} first. Then it goes to the trash with its history.`,
	};
}

/** The key that the question is about: the one that is deleted, if it is there. */
function askedAbout({keys}: VaultContent, {oldId, newId}: RotateOperation, next: Exclude<Next, 'check-gone'>): string {
	return next === 'abort-rotation' && keys.some(({id}) => id === newId) ? newId : oldId;
}

function stateWords({keys}: VaultContent, {step, name, oldId}: RotateOperation): string {
	const old = sanitize(keys.find(({id}) => id === oldId)?.name ?? name);
	switch (step) {
		case 'creating':
			return t`The rotation of ${sanitize(name)} has not ended. Programs are given the old key still.`;
		case 'aborting':
			return t`Undoing the rotation of ${sanitize(name)} was not finished. Programs are given the old key.`;
		case 'handed-over':
			return t`${sanitize(name)} is the new key. The old one is ${old}: nothing is given it, and it works until it is
				revoked. The exchange does not tell whether something uses it.`;
		default:
			return step satisfies never;
	}
}

function noteRows({keys}: VaultContent, {oldId, newId}: RotateOperation, width: number): Row[] {
	const noted = keys.find(({id}) => id === newId) ?? keys.find(({id}) => id === oldId);
	const notes = noted?.usedBy ?? [];
	if (notes.length === 0) return [];
	return wrap(t`Your notes say that it is used by: ${notes.map(note => sanitize(note)).join(', ')}`, width).map(
		(text): Row => [text],
	);
}

function userRows(users: readonly KeyUser[], width: number, most: number): Row[] {
	if (users.length === 0) return [[{text: t`This vault knows of nothing that was given the old key.`, tone: 'muted'}]];
	const rows = users.flatMap((user): Row[] =>
		wrap(wordsOfUser(user), width - 4).map((text, index) => [
			index > 0
				? '    '
				: user.newAt === null
					? {text: `  ${symbols.warn} `, tone: 'warn'}
					: {text: `  ${symbols.good} `, tone: 'good'},
			text,
		]),
	);
	const shown = rows.slice(0, rows.length > most ? most - 1 : most);
	const left = rows.length - shown.length;
	return [
		[{text: t`The old key was given to:`, tone: 'muted'}],
		...shown,
		...(left > 0 ? [[{text: `    ${t`… ${left} more rows`}`, tone: 'muted'}] as Row] : []),
	];
}
