import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {causeOf} from '../core/key/test-cause.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {formatTime} from '../core/text/time.ts';
import {redactor} from '../exchange/redact.ts';
import {apiPage, sandboxSite} from '../exchange/sites.ts';
import {dialects} from '../formats/env-dialects.ts';
import {msg, t, type Translatable} from '../language/translate.ts';
import type {Context} from './context.ts';
import {refuseFrozen, refuseSecrets} from './keys.ts';

type Copyable = {
	readonly label: Translatable;
	/** Part of the credential: shown nowhere under --no-secrets, taken back from the clipboard, noted with the key. */
	readonly isSecret: boolean;
	/** Why there is nothing to copy now; undefined if there is. */
	readonly missing?: (key: StoredKey) => {readonly problem: string; readonly fix: string} | undefined;
	readonly textOf: (key: StoredKey) => string;
};

const copyables = {
	'api-key': {label: msg`API key`, isSecret: true, textOf: ({credential}) => credential.apiKey},
	'secret-key': {label: msg`Secret key`, isSecret: true, textOf: ({credential}) => credential.secretKey.reveal()},
	passphrase: {label: msg`Passphrase`, isSecret: true, textOf: ({credential}) => credential.passphrase.reveal()},
	env: {label: msg`All three as .env`, isSecret: true, textOf: key => envLines(key)},
	json: {
		label: msg`All three as JSON`,
		isSecret: true,
		textOf: ({credential: {apiKey, secretKey, passphrase}}) =>
			JSON.stringify({apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()}),
	},
	link: {
		label: msg`Link to OKX’s page of API keys`,
		isSecret: false,
		missing: ({site}) =>
			site === sandboxSite
				? {problem: t`The sandbox has no page to link to.`, fix: t`Its keys are changed here.`}
				: undefined,
		textOf: key => apiPage(key),
	},
	address: {
		label: msg`Address that the exchange saw`,
		isSecret: false,
		missing: key =>
			addressOf(key) === undefined
				? {
						problem: t`The exchange has named no address: it does so where it refuses one.`,
						fix: t`Test the key from the machine that it is refused on.`,
					}
				: undefined,
		textOf: key => addressOf(key) ?? '',
	},
	failure: {
		label: msg`Failure of the last test, without secrets`,
		isSecret: false,
		missing: ({lastTest}) =>
			lastTest === null
				? {problem: t`It was never tested.`, fix: t`Test it first.`}
				: lastTest.ok
					? {problem: t`Its last test did not fail.`, fix: t`Test it again if it fails now.`}
					: undefined,
		textOf: key => failureText(key),
	},
} as const satisfies Readonly<Record<string, Copyable>>;

export type CopyField = keyof typeof copyables;

/** What can be copied of a key, in the order of menus. */
export const copyFields = Object.keys(copyables) as CopyField[];

function copyableOf(field: CopyField): Copyable {
	return copyables[field];
}

export function copyLabel(field: CopyField): string {
	return copyables[field].label();
}

export function isSecretField(field: CopyField): boolean {
	return copyables[field].isSecret;
}

/** Why a part of a key cannot be copied now, in a sentence. */
export function copyProblem(
	{noSecrets}: Pick<Context, 'noSecrets'>,
	key: StoredKey,
	field: CopyField,
): string | undefined {
	if (noSecrets && isSecretField(field)) return t`No secret is shown under --no-secrets.`;
	if (key.status === 'frozen' && isSecretField(field)) return t`It is frozen, so no secret of it is copied.`;
	return copyableOf(field).missing?.(key)?.problem;
}

/** Throws `no-secrets`, `key-frozen` or `nothing-to-copy`. */
export function copyText(context: Pick<Context, 'noSecrets'>, key: StoredKey, field: CopyField): string {
	const {isSecret, missing, textOf} = copyableOf(field);
	if (isSecret) {
		refuseSecrets(context);
		refuseFrozen(key);
	}

	const lack = missing?.(key);
	if (lack) throw new AppError('nothing-to-copy', lack);
	return textOf(key);
}

function envLines({credential: {apiKey, secretKey, passphrase}}: StoredKey): string {
	const values = {OKX_API_KEY: apiKey, OKX_SECRET_KEY: secretKey.reveal(), OKX_PASSPHRASE: passphrase.reveal()};
	return Object.entries(values)
		.map(([name, value]) => {
			const quoted = dialects.common.quote(value);
			if (quoted !== undefined) return `${name}=${quoted}\n`;
			throw new AppError('nothing-to-copy', {
				problem: t`The value for ${name} cannot be written so that all readers of .env files read it alike.`,
				fix: t`Copy it as JSON, or alone.`,
			});
		})
		.join('');
}

function addressOf({lastTest}: StoredKey): string | undefined {
	return lastTest?.refusedAddresses?.at(-1);
}

/** For a ticket or a chat. What it quotes of the exchange may repeat what it was sent. */
function failureText({name, site, environment, credential, lastTest}: StoredKey): string {
	const {at, code, exchangeCode, refusedAddresses} = lastTest!;
	const {apiKey, secretKey, passphrase} = credential;
	const redact = redactor([apiKey, secretKey.reveal(), passphrase.reveal()]);
	return [
		t`The live test of the OKX API key ${sanitize(name)} failed.`,
		sanitize(causeOf(lastTest!)),
		...(exchangeCode ? [t`Code of the exchange: ${sanitize(exchangeCode)}`] : []),
		t`Exit status of okx-keys: ${code}`,
		t`Site: ${sanitize(site)}, ${environment}`,
		...(refusedAddresses?.length ? [t`Refused address: ${sanitize(refusedAddresses.at(-1)!)}`] : []),
		t`Time: ${formatTime(at)}`,
	]
		.map(line => redact(line))
		.join('\n');
}
