import type {ReactNode} from 'react';
import {limits} from '../../../core/limits.ts';
import type {Problem} from '../../../core/problem.ts';
import {countOf, TextField, type TextFieldProps} from '../text-field.tsx';
import {t} from '../../../language/translate.ts';

type Bound = Pick<TextFieldProps, 'line' | 'onLine' | 'onRefused' | 'isFocused' | 'width'>;

/** The fields for the name and the description of a key, new or stored. */
export function KeyFields({
	field,
	isStored = false,
	descriptionProblem,
}: {
	readonly field: (name: 'name' | 'description') => Bound;
	/** A new key gets its name on the exchange too; a stored one is renamed in the vault only. */
	readonly isStored?: boolean;
	/** Why the description does not fit into the vault. */
	readonly descriptionProblem: Problem | undefined;
}): ReactNode {
	const name = field('name');
	return (
		<>
			<TextField
				label={t`Name`}
				hint={
					isStored
						? t`${countOf(name.line)} of ${limits.existingNameLength} characters; the name in this vault`
						: t`${countOf(name.line)} of ${limits.nameLength} characters`
				}
				{...name}
			/>
			<TextField
				label={t`Description`}
				rows={3}
				most={null}
				hint={t`optional; only in this vault; Alt+Enter for a new line`}
				problem={descriptionProblem?.problem}
				{...field('description')}
			/>
		</>
	);
}
