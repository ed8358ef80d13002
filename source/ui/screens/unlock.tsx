import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {isLikeRecoveryKey, openVault} from '../../actions/setup.ts';
import {emptyLine} from '../../core/line.ts';
import {Secret} from '../../core/secret.ts';
import {clean, truncate} from '../../core/text.ts';
import {Rows} from '../components/rows.tsx';
import {TextField} from '../components/text-field.tsx';
import {useTask} from '../hooks.ts';
import {useActions} from '../keys.tsx';
import {useRoom, useShell} from '../shell.ts';
import {wrap} from '../wrap.ts';

/** Opens the vault with its passphrase, or with the recovery key in the same field. */
export function Unlock(): ReactNode {
	const {context, reset, say} = useShell();
	const {columns} = useRoom();
	const [line, setLine] = useState(emptyLine);
	const {isBusy, run} = useTask();
	useActions('unlock', {
		enter: isBusy ? undefined : () => {
			const typed = new Secret(line.text);
			setLine(emptyLine);
			run(async signal => {
				await openVault(context, typed);
				if (!signal.aborted) reset();
			});
		},
	});

	return (
		<Box flexDirection="column" gap={1}>
			<Rows width={columns} rows={[[{text: 'Unlock your vault', tone: 'title'}], [{text: truncate(clean(context.vault.path), columns), tone: 'muted'}]]} />
			<TextField label="Passphrase" line={line} onLine={setLine} isFocused={!isBusy} isMasked trims joins={isLikeRecoveryKey} width={columns} onRefused={text => { say({text, tone: 'warn'}); }} />
			<Rows width={columns} rows={isBusy
				? [[{text: 'Opening…', tone: 'accent'}]]
				: wrap('Forgotten? Type or paste the recovery key instead.', columns).map(text => [{text, tone: 'muted'}])} />
		</Box>
	);
}
