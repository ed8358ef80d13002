import {useState, type ReactNode} from 'react';
import {removeKeys} from '../../../actions/trash.ts';
import {AppError} from '../../../core/errors.ts';
import {statusWord} from '../../../core/key/operation.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {padToWidth, width as columnsOf} from '../../../core/text/width.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {useKeysById} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {Confirmation} from './confirmation.tsx';
import {shownKeyOf} from '../../keyboard/bindings.ts';
import {t} from '../../../language/translate.ts';

/** Asks before several keys go to the trash. */
export function Removal({ids}: {readonly ids: readonly string[]}): ReactNode {
	const {context, pop} = useShell();
	const {columns} = useViewport();
	const shown = useKeysById(ids);
	const [keys] = useState(() => shown.filter(({trashedAt}) => trashedAt === null));
	const width = Math.min(columns, 100);
	const status = Math.max(0, ...keys.map(key => columnsOf(statusWord(key))));
	const names = Math.min(width - status - 4, Math.max(0, ...keys.map(({name}) => columnsOf(sanitize(name)))));
	const undo = shownKeyOf('key', 'undo');
	const about = wrap(
		t`They go to the trash of this vault, and ${undo} brings them back. The exchange is not told: what works there
			goes on working.`,
		width,
	);
	return (
		<Confirmation
			title={t`Remove ${keys.length} keys from this vault?`}
			sections={keys.map(key => () => [
				[`  ${padToWidth(sanitize(key.name), names)}`, {text: `  ${statusWord(key)}`, tone: 'muted'}],
			])}
			warnings={about.map(text => [text])}
			count={keys.length}
			isTyped
			refused={[]}
			unchanged={[]}
			words={{
				done: count => t`${count} keys are in the trash of this vault.`,
				one: ({name}) => t`${sanitize(name)} is in the trash.`,
			}}
			hint={t`${undo} brings them back.`}
			act={async () => {
				const removed = new Set(
					(
						await removeKeys(
							context,
							keys.map(({id}) => id),
						)
					).map(({id}) => id),
				);
				return keys.map(({id, name}) => ({
					id,
					name,
					error: removed.has(id) ? undefined : new AppError('key-gone'),
				}));
			}}
			onBack={() => {
				pop();
			}}
		/>
	);
}
