import type {ReactNode} from 'react';
import {credentialIn} from '../../../actions/paste.ts';
import {parts as allParts, partWords, type CredentialPart} from '../../../core/key/credential-form.ts';
import {withoutUnseen} from '../../../core/text/name.ts';
import {useShell} from '../../shell/shell.ts';
import {TextField, type TextFieldProps} from '../text-field.tsx';
import {msg, sentences, t, type Translatable} from '../../../language/translate.ts';

type Bound = Pick<TextFieldProps, 'line' | 'onLine' | 'onRefused' | 'isFocused' | 'width'>;

/** What one paste holds of a credential. */
export type PastedParts = Readonly<Partial<Record<CredentialPart, string>>>;

const labels: Readonly<Record<CredentialPart, Translatable>> = {
	apiKey: msg`API key`,
	secretKey: msg`Secret key`,
	passphrase: msg`Passphrase`,
};

type CredentialFieldsProps<Part extends CredentialPart> = {
	/** Those with a field, from the top. */
	readonly parts: readonly Part[];
	readonly field: (part: Part) => Bound;
	readonly onFocus: (part: Part) => void;
	/** Takes the parts of a paste that holds several or names them. Returns what there is to say beside that. */
	readonly onPasted: (pasted: PastedParts) => string;
};

/** The fields of a credential. The parts are pasted one by one, or into any field in one piece. */
export function CredentialFields<Part extends CredentialPart>({
	parts,
	field,
	onFocus,
	onPasted,
}: CredentialFieldsProps<Part>): ReactNode {
	const {notify} = useShell();
	const paste = (text: string): boolean => {
		const pasted = credentialIn(text, t`The paste`);
		if (!pasted) return false;
		const {values, problem} = pasted;
		if (problem !== undefined) {
			notify({text: t`${problem} Nothing was pasted.`, tone: 'warn'});
			return true;
		}

		const said = onPasted(values);
		const next = parts.find(part => values[part] === undefined) ?? parts.at(-1);
		if (next !== undefined) onFocus(next);
		notify({text: sentences(pastedWords(values), said)});
		return true;
	};
	return parts.map(part => (
		<TextField
			key={part}
			label={labels[part]()}
			isMasked={part !== 'apiKey'}
			onPaste={paste}
			cleans={withoutUnseen}
			trims
			{...field(part)}
		/>
	));
}

function pastedWords(values: PastedParts): string {
	const filled = allParts.filter(part => values[part] !== undefined).map(part => t`the ${partWords[part]()}`);
	const [last = ''] = filled.slice(-1);
	const all = filled.length > 1 ? t`${filled.slice(0, -1).join(', ')} and ${last}` : last;
	return t`T${all.slice(1)} ${filled.length > 1 ? t`were` : t`was`} pasted.`;
}
