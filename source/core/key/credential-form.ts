import type {Credential} from './key.ts';
import type {Problem} from '../problem.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';
import {unusableKind} from './unusable-value.ts';

export type CredentialPart = keyof Credential;

/** `isMistake` is false for a value that is unusual but may be valid. */
export type FormProblem = Problem & {readonly parts: readonly CredentialPart[]; readonly isMistake: boolean};

type Values = Readonly<Record<CredentialPart, string>>;
type Look = (value: string, part: CredentialPart) => Omit<FormProblem, 'parts'> | undefined;

export const partWords: Readonly<Record<CredentialPart, Translatable>> = {
	apiKey: msg`API key`,
	secretKey: msg`secret key`,
	passphrase: msg`passphrase`,
};
export const parts = Object.keys(partWords) as CredentialPart[];
const again = msg`Copy it again from where it was shown, without anything around it.`;

/**
 * The exchange's samples show an API key as 8-4-4-4-12 and a secret as 32 hexadecimal digits, but promise neither
 * (docs/okx-api.md §4.7).
 */
const apiKeyForm = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const secretForm = /^[\dA-F]{32}$/i;

function formOf(value: string): CredentialPart | undefined {
	if (apiKeyForm.test(value)) return 'apiKey';
	return secretForm.test(value) ? 'secretKey' : undefined;
}

const said = (part: CredentialPart, problem: string) => t`The ${partWords[part]()} ${problem}.`;
const mistake = (problem: string, fix: string = again()): Omit<FormProblem, 'parts'> => ({
	problem,
	fix,
	isMistake: true,
});
const unusual = (problem: string, fix: string): Omit<FormProblem, 'parts'> => ({problem, fix, isMistake: false});

const quotes =
	/^["'`\u{201C}\u{201D}\u{201E}\u{2018}\u{2019}\u{AB}\u{BB}]|["'`\u{201C}\u{201D}\u{2018}\u{2019}\u{AB}\u{BB}]$/u;
const ownName = /^(export\s+)?["']?[a-z_.-]*(api[ _-]?key|secret([ _-]?key)?|passphrase|password)["']?\s*[:=]./i;

function decodedBase64(value: string): string | undefined {
	if (value.length < 8 || !/^[\w+/-]+={0,2}$/.test(value)) return undefined;
	try {
		return atob(value.replaceAll('-', '+').replaceAll('_', '/')).trim();
	} catch {
		return undefined;
	}
}

const looks: readonly Look[] = [
	(value, part) =>
		['placeholder', 'variable'].includes(unusableKind(value) ?? '')
			? mistake(said(part, t`is the placeholder of a sample file`), t`Use the real one instead.`)
			: undefined,
	(value, part) =>
		/\*{3,}|\u{2022}|\u{2026}|\.{3}/u.test(value)
			? mistake(said(part, t`was copied where a part of it is hidden`), t`Copy it from where it is shown whole.`)
			: undefined,
	(value, part) => (ownName.test(value) ? mistake(said(part, t`was copied with its name before it`)) : undefined),
	// A valid passphrase may begin or end with a quote, but hardly both.
	(value, part) =>
		quotes.test(value) &&
		(part !== 'passphrase' || (quotes.test(value[0]!) && quotes.test(value.at(-1)!) && value.length > 1))
			? mistake(said(part, t`is in quotes`), t`Store it without them.`)
			: undefined,
	(value, part) =>
		unusableKind(value) === 'encrypted'
			? mistake(said(part, t`is encrypted by another program`), t`Decrypt it there, and store what comes out.`)
			: undefined,
	(value, part) =>
		part !== 'passphrase' && /[,;:]$/.test(value) ? mistake(said(part, t`ends with ${value.slice(-1)}`)) : undefined,
	(value, part) =>
		part !== 'passphrase' && formOf(decodedBase64(value) ?? '') === part
			? mistake(
					said(part, t`is encoded as base64, as in a Kubernetes Secret`),
					t`Decode each part with base64 -d first.`,
				)
			: undefined,
];

function unusualForm(value: string, part: CredentialPart): Omit<FormProblem, 'parts'> | undefined {
	if (part === 'passphrase') {
		return value.length < 8 || value.length > 32
			? unusual(
					t`The passphrase does not have the length that the exchange requires, 8 to 32 characters.`,
					t`Compare it with the one that was chosen when the key was made.`,
				)
			: undefined;
	}

	const length = part === 'apiKey' ? 36 : 32;
	const form = part === 'apiKey' ? t`8-4-4-4-12 hexadecimal digits` : t`32 hexadecimal digits`;
	const isCut =
		value.length < length && (part === 'apiKey' ? /^[\da-f]{8}(-[\da-f]{0,12}){0,4}$/i : /^[\da-f]{8,}$/i).test(value);
	if (isCut)
		return mistake(
			said(part, t`was cut short: it has ${value.length} of ${length} characters`),
			t`Copy it again, whole.`,
		);
	const isLikePassphrase =
		part === 'secretKey' && value.length >= 8 && value.length <= 32 && /[^\dA-Za-z-]/.test(value);
	if (isLikePassphrase)
		return mistake(
			said(part, t`has the form of a passphrase`),
			t`Copy the secret key: 32 hexadecimal digits are usual.`,
		);
	if (formOf(value.slice(0, length)) === part && value.length > length)
		return mistake(said(part, t`has ${value.length} characters where ${length} are usual: something was copied along`));
	if (formOf(value) !== part)
		return unusual(
			said(part, t`does not have the usual form, ${form}`),
			t`Compare it with what the page of the exchange shows.`,
		);
	const isOtherCase = part === 'apiKey' ? /[A-F]/.test(value) : /[a-f]/.test(value);
	return isOtherCase
		? unusual(
				said(part, t`has ${part === 'apiKey' ? t`capital` : t`small`} letters, which the exchange’s do not have`),
				t`Copy it again: the case of its letters counts.`,
			)
		: undefined;
}

function betweenParts(values: Values): FormProblem[] {
	const found: FormProblem[] = [];
	const pairs = [
		['apiKey', 'secretKey'],
		['secretKey', 'passphrase'],
		['apiKey', 'passphrase'],
	] as const;
	for (const [one, other] of pairs) {
		const parts = [one, other];
		const isMisplaced = formOf(values[one]) !== one && formOf(values[other]) === one;
		if (values[one] === values[other])
			found.push({
				parts,
				...mistake(
					said(one, t`and the ${partWords[other]()} are the same`),
					t`Copy all three from where they were shown.`,
				),
			});
		else if (isMisplaced && (other === 'passphrase' || formOf(values[one]) === other))
			found.push({
				parts,
				...mistake(said(one, t`and the ${partWords[other]()} look swapped`), t`Swap them.`),
			});
		else if (isMisplaced)
			found.push({
				parts,
				...mistake(
					said(other, t`has the form of an ${partWords[one]()}`),
					t`Copy all three from where they were shown.`,
				),
			});
	}

	return found;
}

/**
 * Mistakes and oddities that show without a call to the exchange, the most certain first, at most one per part. The
 * texts never quote a value.
 */
export function formProblems({apiKey, secretKey, passphrase}: Credential): readonly FormProblem[] {
	const values: Values = {apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()};
	if (apiKey === '') return [];
	const told = new Set<CredentialPart>();
	const found: FormProblem[] = [];
	const tell = (problems: readonly FormProblem[]) => {
		for (const problem of problems) {
			if (problem.parts.some(part => told.has(part))) continue;
			for (const part of problem.parts) told.add(part);
			found.push(problem);
		}
	};
	const inEach = (look: Look) =>
		parts.flatMap((part): FormProblem[] => {
			const problem = look(values[part], part);
			return problem ? [{parts: [part], ...problem}] : [];
		});
	for (const look of looks) tell(inEach(look));
	tell(betweenParts(values));
	tell(inEach(unusualForm));
	return found.toSorted((one, other) => Number(other.isMistake) - Number(one.isMistake));
}

/**
 * The part that a refusal is about: the exchange checks the API key first, then the passphrase, then the signature
 * (docs/okx-api.md §6).
 */
const partsOfCode: ReadonlyMap<string, CredentialPart> = new Map([
	['50111', 'apiKey'],
	['50119', 'apiKey'],
	['50103', 'apiKey'],
	['50105', 'passphrase'],
	['50104', 'passphrase'],
	['50113', 'secretKey'],
	['50106', 'secretKey'],
]);

/** Problems that may explain a refusal; none where the code is not about the credential. */
export function formProblemsBehind(exchangeCode: string | undefined, credential: Credential): readonly FormProblem[] {
	const about = partsOfCode.get(exchangeCode ?? '');
	return about ? formProblems(credential).filter(({parts}) => parts.includes(about)) : [];
}
