import type {ReactNode} from 'react';
import {expiryText, readExpiry, type Expiry} from '../../../core/key/expiry.ts';
import type {StoredKey} from '../../../core/key/key.ts';
import {splitIps} from '../../../core/ip/address.ts';
import type {Problem} from '../../../core/problem.ts';
import {TextField, type TextFieldProps} from '../text-field.tsx';
import {t} from '../../../language/translate.ts';

/** What the vault alone knows of a key beside its name and description, as it is typed. */
export const localFields = ['tags', 'usedBy', 'expires'] as const;
export type LocalField = (typeof localFields)[number];
export type LocalTexts = Readonly<Record<LocalField, string>>;

type Bound = Pick<TextFieldProps, 'line' | 'onLine' | 'onRefused' | 'isFocused' | 'width'>;

/** The texts that `LocalFields` begins with for a stored key, or for none. */
export function localTextsOf(key: Pick<StoredKey, 'tags' | 'usedBy' | 'expiresAt'> | undefined): LocalTexts {
	return {
		tags: key?.tags.join(' ') ?? '',
		usedBy: key?.usedBy?.join(', ') ?? '',
		expires: expiryText(key?.expiresAt),
	};
}

export function tagsIn(text: string): string[] {
	return [...new Set(splitIps(text))];
}

/** An empty text is a key that never expires. */
export function expiryIn(text: string, now: number): Expiry {
	return text.trim() === '' ? {expiresAt: null} : readExpiry(text, now);
}

/** The fields for what stays in this vault, of a key that is new or stored. */
export function LocalFields({
	field,
	expiryProblem,
}: {
	readonly field: (name: LocalField) => Bound;
	readonly expiryProblem: Problem | undefined;
}): ReactNode {
	return (
		<>
			<TextField label={t`Tags`} hint={t`one word each; only in this vault`} {...field('tags')} />
			<TextField label={t`Used by`} hint={t`bots and hosts, with commas; only in this vault`} {...field('usedBy')} />
			<TextField
				label={t`Expires`}
				hint={t`30d or 2027-01-31; empty: never; only in this vault`}
				problem={expiryProblem?.problem}
				{...field('expires')}
			/>
		</>
	);
}
