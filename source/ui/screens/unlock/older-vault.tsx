import type {ReactNode} from 'react';
import type {AppError} from '../../../core/errors.ts';
import type {EarlierSaveInfo} from '../../../vault/vault.ts';
import type {Row} from '../../drawing/rows.tsx';
import {TextView} from '../../drawing/text-view.tsx';
import {keptWords} from './backup-rows.ts';
import {useActions} from '../../keyboard/actions.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {shortPath, wrap} from '../../drawing/wrap.ts';
import {t} from '../../../language/translate.ts';
import {useNow} from '../../timing/use-alarms.ts';

type Props = {
	readonly problem: AppError<'vault-older'>;
	readonly earlier: readonly EarlierSaveInfo[];
	readonly doing: string | undefined;
	readonly onAccept: () => void;
	readonly onRestore: () => void;
	readonly onLeave: () => void;
};

export function Older({
	problem: {
		details: {rev, seen},
	},
	earlier,
	doing,
	onAccept,
	onRestore,
	onLeave,
}: Props): ReactNode {
	const {
		context: {vault},
	} = useShell();
	const {columns} = useViewport();
	const now = useNow();
	useActions(
		'olderVault',
		{accept: onAccept, restore: earlier.length > 0 ? onRestore : undefined, leave: onLeave},
		{isActive: doing === undefined},
	);

	const width = Math.min(columns, 90);
	const paragraph = (text: string): Row[] => wrap(text, width).map(row => [row]);
	const choice = (key: string, text: string): Row[] =>
		wrap(text, width - 5).map((row, index): Row => [{text: index === 0 ? `  ${key}  ` : '     ', tone: 'accent'}, row]);
	const isTwin = rev === seen;
	return (
		<TextView
			rows={[
				[
					{
						text: isTwin ? t`Your vault was replaced by another save` : t`This is an older copy of your vault`,
						tone: 'warn',
					},
				],
				[{text: shortPath(vault.path, columns), tone: 'muted'}],
				[],
				...paragraph(
					isTwin
						? t`It is save number ${rev}, and so was the last one that this machine has seen; but the two are not the
							same.`
						: t`It is save number ${rev}, and this machine has seen number ${seen}.`,
				),
				...paragraph(
					t`A backup may have been brought back, or a shared folder may lag behind. Or an attacker wants back a
						passphrase that you have changed, or a key that you have removed.`,
				),
				[],
				...choice('y', t`open it as it is; later changes go into it`),
				...(earlier.length > 0
					? choice('r', t`look at what else there is. ${keptWords(earlier, now)}`)
					: paragraph(t`No earlier save is kept here.`)),
				...choice('n', t`leave everything as it is`),
				...(doing === undefined ? [] : [[], [{text: doing, tone: 'accent'}] as Row]),
			]}
		/>
	);
}
