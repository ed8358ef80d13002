import {useMemo} from 'react';
import {authorityOver} from '../../actions/authority.ts';
import {apiPage} from '../../exchange/sites.ts';
import {driftOf} from '../../core/health/drift.ts';
import {isOnExchange, isUnfinished, type ShownKey} from '../../core/key/operation.ts';
import {useContent, useTask} from '../shell/hooks.ts';
import {rotatable as checkRotatable} from '../../actions/rotate.ts';
import {rotationOf} from '../../actions/rotation.ts';
import {nextUndo, undoLast, undoneWords} from '../../actions/undo.ts';
import {useActions, type Handler} from '../keyboard/actions.ts';
import {remedyFor} from './remedies.ts';
import {useSelectKey} from '../key-selection.ts';
import {useShell} from '../shell/shell.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {t} from '../../language/translate.ts';

type KeyActions = {
	readonly reveal: () => void;
	/** What is possible with several keys is for these in place of the selected key, where there are any. */
	readonly marked?: readonly ShownKey[];
	readonly isActive?: boolean;
};

/** Handlers for the actions on a selected key; an action that is not possible now gives the reason. */
export function useKeyActions(key: ShownKey | undefined, {reveal, marked = [], isActive = true}: KeyActions): void {
	const {context, push, notify} = useShell();
	const selectKey = useSelectKey();
	const content = useContent();
	const undoable = useMemo(() => nextUndo(content), [content]);
	const {run} = useTask();
	const undo = () => {
		run(
			async () => {
				const undone = await undoLast(context);
				const restored = undone.keys.find(({moved}) => moved === 'from-trash');
				if (restored) selectKey(restored.id);
				notify({...undoneWords(undone), tone: undone.refused.length > 0 ? 'warn' : 'good'});
			},
			{finishes: true},
		);
	};
	const noKey = {disabled: t`No key is selected.`};
	const unfinished = t`It was never finished: its creation was interrupted. Press
		${shownKeyOf('key', 'revoke')} to clean up.`;
	const revoked = t`It is revoked: the exchange no longer knows it.`;
	const frozen = t`It is frozen, so nothing may use it. ${shownKeyOf('key', 'freeze')} thaws it.`;
	const when = (act: () => void, {dead = false, uses = false} = {}): Handler => {
		if (!key) return noKey;
		if (isUnfinished(key)) return {disabled: unfinished};
		if (uses && key.status === 'frozen') return {disabled: frozen};
		return dead && key.status === 'revoked' ? {disabled: revoked} : act;
	};
	const isMarked = marked.length > 0;
	const ids = (isMarked ? marked : key ? [key] : []).map(({id}) => id);
	const ofEach = (act: () => void, label: string): Handler => (isMarked ? {act, label} : when(act));
	useActions(
		'key',
		{
			test: isMarked
				? {
						act() {
							push({screen: 'testAll', ids});
						},
						label: t`test ${ids.length} marked`,
					}
				: when(
						() => {
							push({screen: 'test', id: key!.id});
						},
						{dead: true, uses: true},
					),
			tags: ofEach(
				() => {
					push({screen: 'tags', ids});
				},
				t`tags of ${ids.length} marked`,
			),
			addresses: ofEach(
				() => {
					push({screen: 'addresses', ids});
				},
				t`addresses of ${ids.length} marked`,
			),
			edit: when(() => {
				push({screen: 'edit', id: key!.id});
			}),
			accept: acceptable(key),
			permissions: when(
				() => {
					push({screen: 'permissions', id: key!.id});
				},
				{dead: true},
			),
			copy: when(() => {
				push({screen: 'copy', id: key!.id});
			}),
			reveal: when(reveal),
			rotate: key ? rotatable(key) : noKey,
			freeze: isMarked ? markedFreezable(marked) : key ? freezable(key) : noKey,
			revoke: isMarked ? markedRevocable(marked) : key ? revocable(key) : noKey,
			incident: key ? reportable(key) : noKey,
			remove: isMarked
				? {
						act() {
							push(
								ids.length === 1 ? {screen: 'confirm', danger: {act: 'remove', id: ids[0]!}} : {screen: 'removal', ids},
							);
						},
						label: t`remove ${ids.length} marked`,
					}
				: key
					? () => {
							push({screen: 'confirm', danger: {act: 'remove', id: key.id}});
						}
					: noKey,
			history: key
				? () => {
						push({screen: 'history', id: key.id});
					}
				: noKey,
			undo:
				undoable === undefined ? {disabled: t`There is nothing to undo.`} : {act: undo, label: t`undo: ${undoable}`},
		},
		{isActive},
	);

	function acceptable(target: ShownKey | undefined): Handler {
		if (!target) return noKey;
		const isDifferent = !isUnfinished(target) && isOnExchange(target) && hasDrift(target);
		const accept = isDifferent ? remedyFor({act: 'accept-live'}, target, {push}) : undefined;
		return accept ?? {disabled: t`The last test saw no difference to accept.`};
	}

	function rotatable(target: ShownKey): Handler {
		if (rotationOf(content, target.id))
			return {
				act() {
					push({screen: 'rotation', id: target.id});
				},
				label: t`its rotation`,
				changes: true,
			};
		if (isUnfinished(target)) return {disabled: unfinished};
		if (target.status === 'revoked') return {disabled: revoked};
		if (target.status === 'frozen') return {disabled: frozen};
		const isManaged = !context.vault.isOpen() || authorityOver(context, target).by !== 'none';
		return {
			act() {
				run(async () => {
					checkRotatable(context, target.id);
					push(
						isManaged
							? {screen: 'confirm', danger: {act: 'rotate', id: target.id}}
							: {screen: 'replacement', id: target.id},
					);
				});
			},
			label: t`rotate`,
			changes: true,
		};
	}

	/** A revoked key cannot be cut off any more, so nothing is asked before what its account did is read again. */
	function reportable(target: ShownKey): Handler {
		if (isUnfinished(target)) return {disabled: unfinished};
		const {id, status} = target;
		return () => {
			push(status === 'revoked' ? {screen: 'incident', id} : {screen: 'confirm', danger: {act: 'incident', id}});
		};
	}

	function freezable(target: ShownKey): Handler {
		if (isUnfinished(target)) return {disabled: unfinished};
		if (target.status === 'revoked') return {disabled: revoked};
		const act = target.status === 'frozen' ? 'thaw' : 'freeze';
		return {
			act() {
				push({screen: 'confirm', danger: {act, id: target.id}});
			},
			label: act === 'thaw' ? t`thaw` : t`freeze`,
			changes: true,
		};
	}

	/** Thaws them only where all of them are frozen. */
	function markedFreezable(targets: readonly ShownKey[]): Handler {
		const able = targets.filter(target => isOnExchange(target));
		const isThaw = able.length > 0 && able.every(({status}) => status === 'frozen');
		const [only] = targets;
		if (targets.length === 1) return relabelled(freezable(only!), isThaw ? t`thaw 1 marked` : t`freeze 1 marked`);
		if (able.length === 0) return {disabled: t`None of the marked keys is on the exchange.`};
		return {
			act() {
				push({screen: isThaw ? 'thawing' : 'freezing', ids});
			},
			label: isThaw ? t`thaw ${ids.length} marked` : t`freeze ${ids.length} marked`,
			changes: true,
		};
	}

	function markedRevocable(targets: readonly ShownKey[]): Handler {
		const [only] = targets;
		if (targets.length === 1) return relabelled(revocable(only!), t`revoke 1 marked`);
		return {
			act() {
				push({screen: 'revocation', ids});
			},
			label: t`revoke ${ids.length} marked`,
		};
	}

	function revocable(target: ShownKey): Handler {
		if (target.status === 'revoked') return {disabled: revoked};
		if (!context.vault.isOpen() || authorityOver(context, target).by !== 'none')
			return () => {
				push({screen: 'confirm', danger: {act: 'revoke', id: target.id}});
			};
		return {
			disabled:
				target.account.kind === 'main'
					? t`OKX has no API to revoke it. Delete it on ${apiPage(target)}, then test it here.`
					: t`No main-account key in this vault can manage its sub-account. Delete it on the page of the exchange.`,
		};
	}
}

function relabelled(handler: Handler, label: string): Handler {
	if ('disabled' in handler) return handler;
	return typeof handler === 'function' ? {act: handler, label} : {...handler, label};
}

function hasDrift(key: ShownKey): boolean {
	const live = key.lastTest?.live ?? null;
	return live !== null && driftOf(key, live).length > 0;
}
