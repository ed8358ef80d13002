import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {planEdit} from '../../actions/edit.ts';
import type {EditPlan} from '../../actions/edit-plan.ts';
import {asLastSeen, type Permission, type StoredKey} from '../../core/key.ts';
import {knownPermissions, unknownPermissions} from '../../core/permission.ts';
import {elsewhereRows} from '../key-view/elsewhere-rows.ts';
import {useForm} from '../forms/form.ts';
import {PermissionChecks} from '../forms/permission-checks.tsx';
import {Rows, type Row} from '../drawing/rows.tsx';
import {useContent, useGuard, useTask} from '../frame/hooks.ts';
import {useActions} from '../keyboard/actions.ts';
import {useShell} from '../frame/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {PlanReview} from './plan-review.tsx';

/** Turns the permissions of a key on and off. */
export function Permissions({id}: {readonly id: string}): ReactNode {
	const {context, notify, push, pop} = useShell();
	const {columns} = useViewport();
	const {keys} = useContent();
	const key = keys.find(one => one.id === id);
	const [known, setKnown] = useState<readonly Permission[]>(() => (key ? knownPermissions(key.permissions) : ['read']));
	const [value, setValue] = useState(known);
	const [isConflict, setConflict] = useState(false);
	const [plan, setPlan] = useState<EditPlan>();
	const {isBusy, run, cancel} = useTask();
	const present = key ? knownPermissions(key.permissions) : known;
	const isSame = isSameSet(value, known);
	// What another program changes is taken over, but for what has been chosen here.
	if (!isSameSet(present, known)) {
		setKnown(present);
		if (isSame) setValue(present);
		setConflict(!isSame && !isSameSet(value, present));
	}

	useGuard(!isSame ? 'typed' : undefined);
	useActions('busy', {cancel}, {isActive: isBusy});
	const {focus} = useForm({
		fields: ['permissions'],
		isActive: plan === undefined && !isBusy,
		onBack() {
			if (isSame) pop();
			else push({screen: 'confirm', danger: {act: 'discard'}});
		},
		onSubmit() {
			// Asked of the exchange even where nothing differs here: the difference that counts is the one to what it
			// has.
			run(async signal => {
				const made = await planEdit(context, id, {permissions: value}, {signal});
				if (made.changes.length === 0) notify({text: 'Nothing is different, so there is nothing to save.'});
				else if (!signal.aborted) setPlan(made);
			});
		},
	});
	if (plan)
		return (
			<PlanReview
				plan={plan}
				onBack={() => {
					setPlan(undefined);
				}}
			/>
		);
	return (
		<Box flexDirection="column" gap={1}>
			<PermissionChecks
				value={value}
				onValue={setValue}
				kind={key?.account.kind ?? 'main'}
				onRefused={text => {
					notify({text, tone: 'warn'});
				}}
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
							text: isBusy ? 'Looking at what the exchange has now…' : 'Enter shows what would change.',
							tone: isBusy ? 'accent' : 'muted',
						},
					],
				]}
			/>
		</Box>
	);
}

/** What the exchange has beside them and nothing here can name. */
function unknownRows(key: StoredKey | undefined, columns: number): Row[] {
	const unknown = key ? [...new Set(unknownPermissions([...key.permissions, ...asLastSeen(key).permissions]))] : [];
	return unknown.length === 0
		? []
		: wrap(`${unknown.join(', ')}: not known to okx-keys, and left as it is.`, columns).map((text): Row => [
				{text, tone: 'warn'},
			]);
}

function isSameSet(left: readonly Permission[], right: readonly Permission[]): boolean {
	return left.length === right.length && left.every(permission => right.includes(permission));
}
