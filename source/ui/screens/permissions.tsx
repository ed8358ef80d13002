import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {asLastSeen, type Permission, type StoredKey} from '../../core/key/key.ts';
import {knownPermissions, unknownPermissions} from '../../core/key/permission.ts';
import {elsewhereRows} from '../key-view/elsewhere-rows.ts';
import {useForm} from '../forms/form.ts';
import {PermissionChecks} from '../forms/permission-checks.tsx';
import {Rows, type Row} from '../drawing/rows.tsx';
import {sanitize} from '../../core/text/sanitize.ts';
import {useContent, useFieldProps} from '../shell/hooks.ts';
import {wrap} from '../drawing/wrap.ts';
import {useEditPlanning} from './edit-planning.ts';
import {PlanReview} from './plan-review.tsx';
import {t} from '../../language/translate.ts';

export function Permissions({id}: {readonly id: string}): ReactNode {
	const field = useFieldProps();
	const {width: columns} = field;
	const {keys} = useContent();
	const key = keys.find(one => one.id === id);
	const [known, setKnown] = useState<readonly Permission[]>(() => (key ? knownPermissions(key.permissions) : ['read']));
	const [value, setValue] = useState(known);
	const [isConflict, setConflict] = useState(false);
	const present = key ? knownPermissions(key.permissions) : known;
	const isSame = isSameSet(value, known);
	// Changes by another program are shown, unless something was chosen here.
	if (!isSameSet(present, known)) {
		setKnown(present);
		if (isSame) setValue(present);
		setConflict(!isSame && !isSameSet(value, present));
	}

	// The exchange is asked even if nothing differs here: its current permissions decide.
	const {plan, discardPlan, doing, form} = useEditPlanning(id, {patch: {permissions: value}, isChanged: !isSame});
	const {focus} = useForm({fields: ['permissions'], ...form});
	if (plan) return <PlanReview plan={plan} onBack={discardPlan} />;
	return (
		<Box flexDirection="column" gap={1}>
			<PermissionChecks
				value={value}
				onValue={setValue}
				kind={key?.account.kind ?? 'main'}
				{...field}
				isFocused={focus === 'permissions'}
				width={Math.min(columns, 90)}
			/>
			<Rows
				width={columns}
				rows={[
					...unknownRows(key, columns),
					...elsewhereRows(isConflict ? ['permissions'] : [], columns),
					[
						{
							text: doing ?? t`Enter shows what would change.`,
							tone: doing === undefined ? 'muted' : 'accent',
						},
					],
				]}
			/>
		</Box>
	);
}

function unknownRows(key: StoredKey | undefined, columns: number): Row[] {
	const unknown = key ? [...new Set(unknownPermissions([...key.permissions, ...asLastSeen(key).permissions]))] : [];
	return unknown.length === 0
		? []
		: wrap(t`${sanitize(unknown.join(', '))}: not known to okx-keys, and left as it is.`, columns).map((text): Row => [
				{text, tone: 'warn'},
			]);
}

function isSameSet(left: readonly Permission[], right: readonly Permission[]): boolean {
	return left.length === right.length && left.every(permission => right.includes(permission));
}
