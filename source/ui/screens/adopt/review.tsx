import type {ReactNode} from 'react';
import {planAccept} from '../../../actions/inventory/accept-listed.ts';
import type {InventoryEntry} from '../../../actions/inventory/inventory.ts';
import {planChange} from '../../../actions/key-change.ts';
import {useShell} from '../../shell/shell.ts';
import {PlannedReview} from '../planned-review.tsx';
import {t} from '../../../language/translate.ts';

type Props = {readonly entry: InventoryEntry; readonly how: 'accept' | 'enforce'};

/** Shows what would be declared as the exchange has it, or set there as it is declared. */
export function AdoptReview({entry, how}: Props): ReactNode {
	const {context} = useShell();
	return (
		<PlannedReview
			planned={async signal =>
				how === 'accept'
					? planAccept(context, entry)
					: planChange(context, entry.key?.id ?? '', {enforcesDeclared: true}, {signal})
			}
			nothing={() => ({text: t`Nothing is different any more, so there is nothing to save.`})}
		/>
	);
}
