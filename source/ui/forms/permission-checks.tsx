import type {ReactNode} from 'react';
import {permissions as all, type Permission} from '../../core/key/key.ts';
import {orderPermissions} from '../../core/key/permission.ts';
import {permissionWords} from '../key-view/key-words.ts';
import {Checks, type Checkbox} from './checkbox-list.tsx';
import {t} from '../../language/translate.ts';

type Props = {
	readonly value: readonly Permission[];
	readonly onValue: (value: readonly Permission[]) => void;
	readonly onRefused: (reason: string) => void;
	/** A key of a sub-account can never have Withdraw. */
	readonly kind: 'main' | 'sub';
	readonly isFocused: boolean;
	readonly width: number;
};

export function PermissionChecks({value, onValue, onRefused, kind, isFocused, width}: Props): ReactNode {
	const possible = all.filter(permission => kind === 'main' || permission !== 'withdraw');
	const isAll = possible.every(permission => value.includes(permission));
	const checks: Checkbox[] = all.map((permission): Checkbox => {
		const fixed =
			permission === 'read'
				? t`Read is always on.`
				: possible.includes(permission)
					? undefined
					: t`A key of a sub-account can never withdraw.`;
		const {label, about, tone} = permissionWords[permission];
		return {
			name: permission,
			label: label(),
			isOn: permission === 'read' || (fixed === undefined && value.includes(permission)),
			about: permission !== 'read' && fixed !== undefined ? fixed : about(),
			tone,
			fixed,
		};
	});
	return (
		<Checks
			checks={[
				...checks,
				{name: 'all', label: t`Select all`, isOn: isAll, about: t`Everything above that this account can have.`},
			]}
			onToggle={name => {
				if (name === 'all') onValue(isAll ? ['read'] : possible);
				else
					onValue(
						orderPermissions(
							value.includes(name as Permission)
								? value.filter(permission => permission !== name)
								: [...value, name as Permission],
						),
					);
			}}
			onRefused={onRefused}
			isFocused={isFocused}
			width={width}
		/>
	);
}
