import type {ReactNode} from 'react';
import {useForm} from '../../forms/form.ts';
import {PermissionChecks} from '../../forms/permission-checks.tsx';
import {useShell} from '../../frame/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {permissionsOf, type Wizard} from './draft.ts';

export function PermissionsStep({wizard: {draft, change, next, back, previous}}: {readonly wizard: Wizard}): ReactNode {
	const {notify} = useShell();
	const {columns} = useViewport();
	const {focus} = useForm({fields: ['permissions'], onSubmit: next, onBack: back, onPrevious: previous});
	return (
		<PermissionChecks
			value={permissionsOf(draft)}
			onValue={permissions => {
				change({permissions});
			}}
			kind={draft.place.kind === 'sub' ? 'sub' : 'main'}
			onRefused={text => {
				notify({text, tone: 'warn'});
			}}
			isFocused={focus === 'permissions'}
			width={Math.min(columns, 90)}
		/>
	);
}
