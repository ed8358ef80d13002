import type {TlsFailure, WireFailure} from '../failures/wire-failure.ts';

/** `words` continue the sentence “it is not safe:”. */
export const tlsFailures: Readonly<Record<TlsFailure, {readonly words: string; readonly fix: string}>> = {
	expired: {
		words: 'its certificate has expired',
		fix:
			'Look at the date of this machine first: date -u. If that is right, ' +
			'the host or something on the way to it shows an old certificate.',
	},
	'not-yet': {
		words: 'its certificate is not valid yet',
		fix: 'The clock of this machine is most likely behind: look at it with date -u, and set it.',
	},
	'self-signed': {
		words: 'its certificate is signed only by itself',
		fix:
			'The login page of this network, a proxy or an attacker answers in place of the exchange. ' +
			'Do not go on from this network.',
	},
	authority: {
		words: 'its certificate comes from an authority that this machine does not trust',
		fix:
			'The proxy of a company does this when it opens TLS: if it is yours, ' +
			'name its authority with NODE_EXTRA_CA_CERTS=FILE. Otherwise an attacker may be reading along.',
	},
	name: {
		words: 'its certificate is for another name',
		fix:
			'Another server answers: the login page of this network, a wrong entry in /etc/hosts, ' +
			'or DNS that was tampered with.',
	},
	revoked: {words: 'its certificate was revoked', fix: 'Do not go on; ask the support of the exchange.'},
	protocol: {
		words: 'it does not speak TLS as it should',
		fix:
			'Something else than the exchange answers there: a proxy or the login page of this network; ' +
			'or what listens speaks plain HTTP.',
	},
};

export function tlsInWords({tls, message, certificate}: WireFailure): string {
	const words = tls ? tlsFailures[tls].words : (message ?? 'its certificate could not be checked');
	if (!certificate || tls === undefined) return words;
	const {issuer, from, until} = certificate;
	const since = tls === 'expired' ? ` (on ${until})` : tls === 'not-yet' ? ` (from ${from} on)` : '';
	return `${words}${since}; it names “${issuer}” as its issuer`;
}
