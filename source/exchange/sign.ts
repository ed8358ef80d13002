import {createHmac} from 'node:crypto';
import type {Secret} from '../core/secret.ts';
import type {Credential, Environment} from '../core/key/key.ts';
import {t} from '../language/translate.ts';

/** What a signature covers, exactly as it goes over the wire (docs/okx-api.md §1.2). */
export type Signable = {
	readonly timestamp: string;
	readonly method: string;
	/** From the first slash on, with the query, encoded as sent. */
	readonly path: string;
	readonly body: string | Uint8Array;
};

/** Base64 of HMAC-SHA256; the secret counts as text, not as hex. */
export function signature({timestamp, method, path, body}: Signable, secretKey: Secret): string {
	return createHmac('sha256', secretKey.reveal())
		.update(timestamp)
		.update(method.toUpperCase())
		.update(path)
		.update(body)
		.digest('base64');
}

/** Picks demo trading; it is not signed (docs/okx-api.md §1.1). */
export const demoHeader = 'x-simulated-trading';

/** Carries the token of the sandbox's stand-in page; the exchange itself has no such header. */
export const pageHeader = 'x-okx-keys-page';

/** `now` is ms since 1970; the exchange accepts the headers for 30 s around its own time. */
export function signedHeaders(
	request: Omit<Signable, 'timestamp'> & {readonly now: number; readonly environment: Environment},
	credential: Credential,
): Record<string, string> {
	const timestamp = new Date(request.now).toISOString();
	return {
		'OK-ACCESS-KEY': credential.apiKey,
		'OK-ACCESS-SIGN': signature({...request, timestamp}, credential.secretKey),
		'OK-ACCESS-TIMESTAMP': timestamp,
		'OK-ACCESS-PASSPHRASE': credential.passphrase.reveal(),
		...(request.environment === 'demo' && {[demoHeader]: '1'}),
	};
}

/**
 * Why a credential cannot travel in headers, or undefined. Headers are Latin-1 and fetch trims spaces silently: the
 * exchange would receive a different text (docs/okx-api.md §1.4).
 */
export function unsendable({apiKey, passphrase}: Credential): string | undefined {
	const texts = [
		[t`API key`, apiKey],
		['passphrase', passphrase.reveal()],
	] as const;
	for (const [what, text] of texts) {
		if (text === '') return t`its ${what} is empty`;
		if (text !== text.trim()) return t`its ${what} begins or ends with a space`;
		if (!/^[\u{20}-\u{7E}\u{A0}-\u{FF}]*$/u.test(text))
			return t`its ${what} holds a character that does not fit into a header`;
	}

	return undefined;
}
