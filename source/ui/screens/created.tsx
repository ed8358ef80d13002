import type {ReactNode} from 'react';
import type {Row} from '../drawing/rows.tsx';
import {TextView} from '../drawing/text-view.tsx';
import {useContent, useGuard} from '../shell/hooks.ts';
import {credentialFacts} from '../key-view/key-rows.ts';
import {useActions} from '../keyboard/actions.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {steps} from './create/draft.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {t} from '../../language/translate.ts';

export function Created({id}: {readonly id: string}): ReactNode {
	const {push, replace, notify} = useShell();
	const {columns} = useViewport();
	const {keys} = useContent();
	const key = keys.find(one => one.id === id);
	useGuard('secrets');
	useActions('createdKey', {
		copy:
			key &&
			(() => {
				push({screen: 'copy', id});
			}),
		wait() {
			notify({text: t`Press ${shownKeyOf('createdKey', 'saved')} once you have saved them.`, tone: 'warn'});
		},
		saved() {
			replace({screen: 'key', id});
			notify({
				text: t`${key?.name ?? t`The key`} is on the exchange and in this vault. Press
					${shownKeyOf('key', 'test')} to test it.`,
				tone: 'good',
			});
		},
	});
	if (!key) return <TextView rows={[[{text: t`This key is no longer in the vault.`, tone: 'muted'}]]} />;

	const width = Math.min(columns, 90);
	const rows: Row[] = [
		[
			{text: steps[5](), tone: 'title'},
			{text: `  ${t`step ${steps.length} of ${steps.length}`}`, tone: 'muted'},
		],
		[],
		...credentialFacts(key, true, width),
		[],
		...wrap(
			t`They are stored in this vault, encrypted. The exchange never shows the secret key again, and a lost passphrase
				cannot be found. Upper and lower case matter.`,
			width,
		).map((text): Row => [text]),
		[],
		...wrap(
			t`${shownKeyOf('createdKey', 'copy')} copies them. Press ${shownKeyOf('createdKey', 'saved')} when you have saved
				what you need.`,
			width,
		).map((text): Row => [{text, tone: 'accent'}]),
	];
	return <TextView rows={rows} />;
}
