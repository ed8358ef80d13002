import {verify} from 'node:crypto';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import type {AppError} from '../core/errors.ts';
import {sshString, type SshAgent, type SshKey} from '../vault/slots/ssh-slot.ts';
import {ask} from './ask.ts';
import {sshFailures} from './failures.ts';
import {publicKeyOf, type PublicKey} from './public-key.ts';
import {fieldsOf, message, uint32, type Fields} from './wire.ts';

/** What messages are called in the agent's protocol (draft-miller-ssh-agent). */
const numbers = {failure: 5, askKeys: 11, keys: 12, askSignature: 13, signature: 14} as const;

/** How a key signs. An agent signs with RSA and SHA-1 unless a flag asks for a better hash (RFC 8332). */
const algorithms = {
	'ssh-ed25519': {name: 'ssh-ed25519', flags: 0, hash: null},
	'ssh-rsa': {name: 'rsa-sha2-512', flags: 4, hash: 'sha512'},
} as const satisfies Record<SshKey['type'], unknown>;

/** How long an agent may take, ms: its list it has at hand, but before it signs it may ask a person. */
const patienceMs = {keys: 5000, signature: 60_000};

/** More of a comment than anybody reads, in columns. */
const commentWidth = 100;

/**
 * The ssh-agent that listens at a unix socket, such as SSH_AUTH_SOCK names. Each call makes a connection of its own
 * and throws `ssh-agent`; `keys` does too where no key can open a vault. Signatures have been verified.
 */
export function sshAgentAt(socketPath: string, {timeoutMs}: {readonly timeoutMs?: number} = {}): SshAgent {
	return {
		keys: () =>
			ask(socketPath, message(numbers.askKeys), timeoutMs ?? patienceMs.keys, answer => {
				accept(answer, numbers.keys, sshFailures.listRefused);
				return keysOf(answer);
			}),

		async sign({blob}, data) {
			const key = publicKeyOf(blob);
			if (!key) throw sshFailures.noneFits();
			const request = message(
				numbers.askSignature,
				sshString(blob),
				sshString(data),
				uint32(algorithms[key.type].flags),
			);
			return ask(socketPath, request, timeoutMs ?? patienceMs.signature, answer => {
				accept(answer, numbers.signature, sshFailures.refused);
				const signature = answer.string();
				answer.end();
				return signatureOf(signature, key, data);
			});
		},
	};
}

/** Any other number than these two is nonsense. */
function accept(answer: Fields, wanted: number, refusal: () => AppError): void {
	const number = answer.byte();
	if (number === numbers.failure) throw refusal();
	if (number !== wanted) throw new RangeError('This is the answer to something else.');
}

/**
 * Those keys of a list that can open a vault. ECDSA and security keys cannot, since they sign differently each time;
 * a certificate is no key.
 */
function keysOf(answer: Fields): readonly SshKey[] {
	const count = answer.uint32();
	if (count === 0) throw sshFailures.noKeys();
	const keys: SshKey[] = [];
	for (let index = 0; index < count; index++) {
		// Copied: the answer is wiped.
		const blob = Uint8Array.from(answer.string());
		const comment = truncate(sanitize(answer.string().toString('utf8')), commentWidth);
		const type = publicKeyOf(blob)?.type;
		if (type) keys.push({type, blob, comment});
	}

	answer.end();
	if (keys.length === 0) throw sshFailures.noneFits();
	return keys;
}

/** A signature as SSH writes it, if it is one of this key, over this data, made as it was asked. */
function signatureOf(given: Buffer, {type, key, signatureBytes}: PublicKey, data: Uint8Array): Buffer {
	const {name, hash} = algorithms[type];
	const fields = fieldsOf(given);
	const algorithm = fields.string().toString('utf8');
	const bytes = fields.string();
	fields.end();
	if (algorithm !== name) throw sshFailures.otherAlgorithm(algorithm, name);
	const missing = signatureBytes - bytes.length;
	if (missing < 0) throw sshFailures.wrongSignature();
	// Some agents leave out the zeros at the front of an RSA signature, and the vault's key must not depend on which
	// agent it is.
	const whole = Buffer.concat([sshString(name), uint32(signatureBytes), Buffer.alloc(missing), bytes]);
	if (verify(hash, data, key, whole.subarray(-signatureBytes))) return whole;
	whole.fill(0);
	throw sshFailures.wrongSignature();
}
