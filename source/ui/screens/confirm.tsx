import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {beginRotation, handOver} from '../../actions/rotate.ts';
import {rotationOf} from '../../actions/rotation.ts';
import {abortRotation, finishRotation} from '../../actions/rotation-end.ts';
import {freezeKey, thawKey} from '../../actions/freeze.ts';
import {revokeKey} from '../../actions/revoke.ts';
import {canBeReadOnly} from '../../actions/statuses.ts';
import {removeKey} from '../../actions/trash.ts';
import {apiPage} from '../../exchange/sites.ts';
import {isAppError} from '../../core/errors.ts';
import {suggestedCommand} from '../../core/invocation.ts';
import {emptyLine} from '../../core/text/editing/line-editor.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {handedOverWords, rotatedWords} from './handed-over.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {TextField} from '../forms/text-field.tsx';
import {useAppearance} from '../drawing/styled-text.tsx';
import {
	asksForName,
	consequenceOf,
	confirmations,
	type ConfirmableAction,
	type ConfirmableActionName,
} from '../confirmations.ts';
import {useBusyWords, useShownKeys, useTask} from '../shell/hooks.ts';
import {useActions} from '../keyboard/actions.ts';
import {useShell, type Shell} from '../shell/shell.ts';
import type {PropsOf} from '../routes.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {shownKeyOf, yesOrNo} from '../keyboard/bindings.ts';
import {sentences, t} from '../../language/translate.ts';

const asksExchange: ReadonlySet<ConfirmableActionName> = new Set([
	'revoke',
	'rotate',
	'revoke-old',
	'continue-rotation',
	'abort-rotation',
	'freeze-read-only',
]);

/** Asks before an act that is hard to undo; the default answer is no. */
export function Confirm({danger, opens}: PropsOf<'confirm'>): ReactNode {
	const shell = useShell();
	const {context, requestExit, pop, notify} = shell;
	const keys = useShownKeys();
	const room = useViewport();
	const look = useAppearance();
	const {isBusy, run} = useTask();
	const doing = useBusyWords(asksExchange.has(danger.act) ? t`Waiting for the exchange…` : t`One moment…`, isBusy);
	const [line, setLine] = useState(emptyLine);
	const [hasFailed, setFailed] = useState(false);
	const key = 'id' in danger ? keys.find(({id}) => id === danger.id) : undefined;
	const isTyped = asksForName(danger.act, key, context.sandbox);
	const yes = () => {
		if (danger.act === 'leave') requestExit(danger.how, true);
		else if (danger.act === 'discard' && opens) shell.replace(opens);
		else run(async () => perform(danger, shell), {finishes: true, onError});
	};
	const onError = (error: unknown) => {
		setFailed(true);
		// What has begun is not begun again: its screen offers what can be done with it.
		const hasBegun = danger.act === 'rotate' && context.vault.isOpen() && rotationOf(context.vault.read(), danger.id);
		if (hasBegun) shell.replace({screen: 'rotation', id: danger.id});
		else if (danger.act === 'continue-rotation') pop();
		// Its hint names commands for what that screen offers.
		if (isAppError(error, 'replacement-fails')) notify({text: error.message, tone: 'bad'});
		else shell.notifyError(error);
	};
	const no = () => {
		pop();
		const {refused} = confirmations[danger.act];
		// An attempt that has failed may have changed something.
		if (refused !== undefined && !hasFailed) notify({text: refused()});
	};

	useActions('confirm', {yes, no}, {isActive: !isTyped && !isBusy});
	const readOnly: ConfirmableAction | undefined =
		danger.act === 'freeze' && key && context.vault.isOpen() && canBeReadOnly(context, key)
			? {act: 'freeze-read-only', id: danger.id}
			: undefined;
	useActions(
		'confirmFreeze',
		{
			readOnly() {
				if (readOnly) shell.replace({screen: 'confirm', danger: readOnly});
			},
		},
		{isActive: readOnly !== undefined && !isBusy},
	);
	useActions(
		'confirmByName',
		{
			no,
			enter() {
				if (line.text === key?.name) yes();
				else notify({text: t`That is not the name of the key; nothing was changed.`, tone: 'warn'});
			},
		},
		{isActive: isTyped && !isBusy},
	);

	const {question} = confirmations[danger.act];
	const consequence = consequenceOf(danger);
	const isTight = room.rows < 14;
	const columns = isTight ? room.columns : Math.min(60, room.columns - 4);
	const inside = isTight ? columns : columns - 4;
	const gap: Row[] = isTight ? [] : [[]];
	const hints = isTyped
		? [
				isTight
					? t`It is live. Type its name to go on.`
					: t`It is live. Type its name to go on; Esc leaves it as it is.`,
			]
		: [
				...(readOnly ? [t`${shownKeyOf('confirmFreeze', 'readOnly')} leaves it only Read on the exchange too.`] : []),
				yesOrNo(),
			];
	const asked = wrap(question(sanitize(key?.name ?? '')), inside).map((text): Row => [{text, tone: 'title'}]);
	const told = (isBusy ? [doing] : hints)
		.flatMap(text => wrap(text, inside))
		.map((text): Row => [{text, tone: isBusy ? 'accent' : 'warn'}]);
	// Where a message leaves too little room, what is typed stays in sight.
	const most = isTight ? Math.max(1, room.rows - asked.length - told.length - (isTyped ? 1 : 0)) : Infinity;
	const rows: Row[] = [
		...asked,
		...gap,
		...wrap(consequence, inside)
			.slice(0, most)
			.map((text): Row => [text]),
		...gap,
		...told,
	];
	const frame = isTight ? {height: room.rows} : ({borderStyle: look.ascii ? 'classic' : 'round', paddingX: 1} as const);
	return (
		<Box flexDirection="column" width={columns} backgroundColor="default" {...frame}>
			<Rows rows={rows} width={inside} />
			{isTyped && <TextField label={t`Name`} line={line} onLine={setLine} isFocused={!isBusy} width={inside} />}
		</Box>
	);
}

/** The only place that carries out dangerous acts. */
async function perform(
	danger: Exclude<ConfirmableAction, {act: 'leave'}>,
	{context, pop, replace, closeKey, notify}: Shell,
): Promise<void> {
	switch (danger.act) {
		case 'discard': {
			pop(2);
			return;
		}

		case 'ask-sites': {
			replace({screen: 'sites', id: danger.id});
			return;
		}

		case 'incident': {
			replace({screen: 'incident', id: danger.id});
			return;
		}

		case 'rotate': {
			const done = await handOver(context, await beginRotation(context, danger.id), {test: true});
			pop();
			notify(handedOverWords(context.vault.read(), done));
			return;
		}

		case 'revoke-old': {
			const rotation = rotationOf(context.vault.read(), danger.id);
			const key = rotation && (await finishRotation(context, rotation));
			pop(2);
			closeKey(danger.id);
			if (key) notify({text: rotatedWords(key), tone: 'good'});
			return;
		}

		case 'continue-rotation': {
			const rotation = rotationOf(context.vault.read(), danger.id);
			if (rotation) await handOver(context, rotation, {test: true});
			pop(2);
			if (rotation) notify(handedOverWords(context.vault.read(), rotation));
			return;
		}

		case 'abort-rotation': {
			const rotation = rotationOf(context.vault.read(), danger.id);
			const aborted = rotation && (await abortRotation(context, rotation));
			pop(2);
			if (!aborted) return;
			closeKey(rotation.newId);
			const {old, left} = aborted;
			notify({
				text: t`${old.name} is the old key again, as it was.`,
				hint: left ? t`The new key still works on the exchange. Delete it on ${apiPage(left)}.` : undefined,
				tone: 'good',
			});
			return;
		}

		case 'freeze':
		case 'freeze-read-only': {
			const {name, freeze} = await freezeKey(context, danger.id, {readOnly: danger.act === 'freeze-read-only'});
			pop();
			const thaw = shownKeyOf('key', 'freeze');
			notify({
				text: freeze?.readOnly
					? t`${name} is frozen, and may only read on the exchange. ${thaw} undoes both.`
					: t`${name} is frozen. ${thaw} thaws it.`,
				tone: 'good',
			});
			return;
		}

		case 'thaw': {
			const {name} = await thawKey(context, danger.id, {keepReadOnly: false});
			pop();
			notify({text: t`${name} can be used again.`, tone: 'good'});
			return;
		}

		case 'remove': {
			const {name, status} = await removeKey(context, danger.id);
			pop();
			closeKey(danger.id);
			notify({
				text: t`${name} is in the trash of this vault.`,
				hint: sentences(
					status === 'active' || status === 'frozen'
						? t`The exchange was not told: if it works there, it goes on working.`
						: '',
					t`${shownKeyOf('key', 'undo')} brings it back; later, ${suggestedCommand('restore-key', name)} does.`,
				),
				tone: 'good',
			});
			return;
		}

		case 'revoke': {
			const {
				key: {name},
				outcome,
			} = await revokeKey(context, danger.id);
			pop();
			const done = {
				revoked: t`${name} is revoked on the exchange.`,
				'already-gone': t`The exchange no longer had ${name}; it is marked as revoked here.`,
				cleared: t`What was left of ${name} is cleared away.`,
			};
			notify({text: done[outcome], tone: 'good'});
		}
	}
}
