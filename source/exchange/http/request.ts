import {AppError} from '../../core/errors.ts';
import type {Target} from '../target.ts';
import type {Answer, EndpointName, EndpointParameters, EndpointRoute} from '../endpoint.ts';
import {endpoints} from '../endpoints.ts';
import {exchangeError} from '../failure.ts';
import {unsendable} from '../sign.ts';
import {sandboxSite} from '../sites.ts';
import {t} from '../../language/translate.ts';

export type PreparedRequest = {
	readonly route: EndpointRoute;
	readonly url: URL;
	/** Exactly the bytes that are signed and sent. */
	readonly body: string;
	readonly target: Target;
	/** Must not appear in any message. */
	readonly secrets: readonly string[];
};

/** Throws `sandbox-only` for the sandbox's page elsewhere, and `exchange` for a credential that fits no header. */
export function prepareRequest<Name extends EndpointName>(
	name: Name,
	parameters: EndpointParameters<Name>,
	target: Target,
	base: URL,
): PreparedRequest {
	const endpoint = endpoints[name];
	if (endpoint.sandboxOnly && target.site !== sandboxSite)
		throw new AppError('sandbox-only', {what: t`Changing main-account keys by program`});
	const {credential} = target;
	if (endpoint.needs) {
		if (!credential) throw new TypeError(`${name} needs a credential`);
		const problem = unsendable(credential);
		if (problem !== undefined) throw exchangeError({kind: 'unsendable', host: base.host, message: problem});
	}

	const {query = {}, body} = endpoint.request(parameters);
	const url = new URL(endpoint.path, base);
	for (const [key, value] of Object.entries(query)) {
		if (value !== undefined) url.searchParams.set(key, value);
	}

	const secrets = [
		credential?.apiKey,
		credential?.secretKey.reveal(),
		credential?.passphrase.reveal(),
		body?.['passphrase'],
	];
	return {
		route: endpoint,
		url,
		body: body ? JSON.stringify(body) : '',
		target,
		secrets: secrets.filter(secret => secret !== undefined && secret.length > 3) as string[],
	};
}

/** Throws `exchange` without the decoder's own error, which quotes what was received. */
export function decode<Name extends EndpointName>(name: Name, data: unknown, host: string): Answer<Name> {
	try {
		return endpoints[name].decode(data);
	} catch {
		throw exchangeError({kind: 'garbage', host, message: t`it is not what was asked for`});
	}
}
