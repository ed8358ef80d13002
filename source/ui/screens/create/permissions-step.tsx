import type {ReactNode} from 'react';
import {useForm} from '../../forms/form.ts';
import {PermissionChecks} from '../../forms/permission-checks.tsx';
import {useFieldProps} from '../../shell/hooks.ts';
import {permissionsOf, type Wizard} from './draft.ts';

export function PermissionsStep({wizard: {draft, change, next, back, previous}}: {readonly wizard: Wizard}): ReactNode {
	const field = useFieldProps();
	const {focus} = useForm({fields: ['permissions'], onSubmit: next, onBack: back, onPrevious: previous});
	return (
		<PermissionChecks
			value={permissionsOf(draft)}
			onValue={permissions => {
				change({permissions});
			}}
			kind={draft.target.kind === 'sub' ? 'sub' : 'main'}
			{...field}
			isFocused={focus === 'permissions'}
			width={Math.min(field.width, 90)}
		/>
	);
}
