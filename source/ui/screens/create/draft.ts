import type {CreateTarget} from '../../../actions/create.ts';
import type {LineState} from '../../../core/text/editing/line-editor.ts';
import type {Environment, KeyType, Permission} from '../../../core/key/key.ts';
import {looksLike} from '../../../core/text/name.ts';
import {
	descriptionProblem,
	nameProblem,
	passphraseProblem,
	splitNotes,
	tagsProblem,
	usedByProblem,
} from '../../../core/validate.ts';
import {ipListProblem} from '../../../core/ip/validate.ts';
import {splitIps} from '../../../core/ip/address.ts';
import type {Problem} from '../../../core/problem.ts';
import {orderPermissions} from '../../../core/key/permission.ts';
import {Secret} from '../../../core/secret.ts';
import {expiryIn, localTextsOf, tagsIn} from '../../forms/key/local-fields.tsx';
import {sanitize} from '../../../core/text/sanitize.ts';
import {msg, t} from '../../../language/translate.ts';

/** Made through the API, or by hand on OKX's page. */
export type DraftTarget = CreateTarget | {readonly kind: 'page'};

export type Draft = {
	readonly target: DraftTarget;
	readonly type: KeyType;
	readonly site: string;
	readonly environment: Environment;
	readonly permissions: readonly Permission[];
	readonly isGenerated: boolean;
	readonly generated: Secret;
};

/** What is typed, before anything is. */
export const noText = {
	name: '',
	description: '',
	...localTextsOf(undefined),
	ip: '',
	passphrase: '',
	again: '',
	apiKey: '',
	secretKey: '',
};
export type LineName = keyof typeof noText;
export type DraftLines = Readonly<Record<LineName, LineState>>;

/** In the order of OKX's form. */
export const steps = [
	msg`Name and description`,
	msg`Account and type`,
	msg`Permissions`,
	msg`IP allow-list and passphrase`,
	msg`Review`,
	msg`API key and secret`,
] as const;

export type Wizard = {
	readonly draft: Draft;
	readonly change: (patch: Partial<Draft>) => void;
	readonly lines: DraftLines;
	readonly edit: (name: LineName) => (change: (line: LineState) => LineState) => void;
	readonly set: (name: LineName, text: string) => void;
	readonly next: () => void;
	/** Whose key it is, where that is certain; otherwise the person chooses it on the page. */
	readonly account?: string;
	/** Called by PgUp; absent on the first step. */
	readonly previous: (() => void) | undefined;
	/** Called by Esc; leaves the wizard from its first step. */
	readonly back: () => void;
};

/** The key's permissions: a key of a sub-account never has Withdraw (docs/okx-api.md §0.6). */
export function permissionsOf({permissions, target}: Draft): Permission[] {
	return orderPermissions(
		target.kind === 'sub' ? permissions.filter(permission => permission !== 'withdraw') : permissions,
	);
}

export function passphraseOf({isGenerated, generated}: Draft, {passphrase}: DraftLines): Secret {
	return isGenerated ? generated : new Secret(passphrase.text);
}

/** What is kept of the key in the vault alone. A wrong expiry date is none: its step has refused it. */
export function localsOf({tags, usedBy, expires}: DraftLines, now: number) {
	const users = splitNotes(usedBy.text);
	const {expiresAt} = expiryIn(expires.text, now);
	return {
		tags: tagsIn(tags.text),
		...(users.length > 0 && {usedBy: users}),
		...(typeof expiresAt === 'number' && {expiresAt}),
	};
}

export type StepProblem = Problem & {readonly field: LineName};

export function nameStepProblem(
	{name, description, tags, usedBy, expires}: DraftLines,
	takenNames: readonly string[],
	now: number,
): StepProblem | undefined {
	const wrongName =
		nameProblem(name.text) ??
		(takenNames.some(looksLike(name.text))
			? {problem: t`A key called ${sanitize(name.text)} is already in this vault.`, fix: t`Choose another name.`}
			: undefined);
	if (wrongName) return {...wrongName, field: 'name'};
	const wrongDescription = descriptionProblem(description.text);
	if (wrongDescription) return {...wrongDescription, field: 'description'};
	const wrongTags = tagsProblem(tagsIn(tags.text));
	if (wrongTags) return {...wrongTags, field: 'tags'};
	const wrongUsers = usedByProblem(splitNotes(usedBy.text));
	if (wrongUsers) return {...wrongUsers, field: 'usedBy'};
	const {problem: wrongExpiry} = expiryIn(expires.text, now);
	return wrongExpiry && {...wrongExpiry, field: 'expires'};
}

export function accessStepProblem({isGenerated}: Draft, {ip, passphrase, again}: DraftLines): StepProblem | undefined {
	const wrongIp = ipListProblem(splitIps(ip.text));
	if (wrongIp) return {...wrongIp, field: 'ip'};
	if (isGenerated) return undefined;
	const wrongPassphrase = passphraseProblem(passphrase.text);
	if (wrongPassphrase) return {...wrongPassphrase, field: 'passphrase'};
	return passphrase.text === again.text
		? undefined
		: {
				problem: again.text === '' ? t`Type the passphrase a second time.` : t`The two are not the same.`,
				fix: t`A wrong one would make the key useless.`,
				field: 'again',
			};
}
