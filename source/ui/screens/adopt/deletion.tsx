import type {ReactNode} from 'react';
import {deleteListed} from '../../../actions/inventory/delete.ts';
import {pathOf, type InventoryEntry} from '../../../actions/inventory/inventory.ts';
import {entryWords, stateWord} from '../../../actions/inventory/words.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {useShell} from '../../shell/shell.ts';
import {Confirmation} from '../bulk/confirmation.tsx';
import {t} from '../../../language/translate.ts';

/** Asks before keys are deleted on the exchange that the vault does not use. */
export function AdoptDeletion({entries}: {readonly entries: readonly InventoryEntry[]}): ReactNode {
	const {context, pop} = useShell();
	const {columns} = useViewport();
	const width = Math.min(columns, 100);
	const count = entries.length;
	return (
		<Confirmation
			title={count === 1 ? t`Delete ${count} key on the exchange?` : t`Delete ${count} keys on the exchange?`}
			sections={entries.map(entry => () => [
				[`  ${sanitize(pathOf(entry))}`, {text: `  ${stateWord(entry)}`, tone: 'muted'}],
				...wrap(entryWords(entry), width - 4).map(text => [{text: `    ${text}`, tone: 'muted'} as const]),
			])}
			warnings={wrap(
				count === 1
					? t`The exchange deletes the key at once, and whatever uses it stops working. It cannot be brought back.`
					: t`The exchange deletes them at once, and whatever uses them stops working. They cannot be brought back.`,
				width,
			).map(text => [{text, tone: 'warn'}])}
			count={count}
			isTyped
			refused={[]}
			unchanged={[]}
			words={{
				done: done => t`${done} keys are deleted on the exchange.`,
				one: ({name}) => t`${sanitize(name)} is deleted on the exchange.`,
			}}
			hint={undefined}
			act={async steps =>
				(await deleteListed(context, entries, steps)).map(({entry, error}) => ({
					id: entry.id,
					name: pathOf(entry),
					error,
				}))
			}
			onBack={() => {
				pop();
			}}
		/>
	);
}
