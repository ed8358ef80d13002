import type {TlsFailure, WireFailure} from '../failures/wire-failure.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

/** `words` continue the sentence “it is not safe:”. */
export const tlsFailures: Readonly<Record<TlsFailure, {readonly words: Translatable; readonly fix: Translatable}>> = {
	expired: {
		words: msg`its certificate has expired`,
		fix: msg`Look at the date of this machine first: date -u. If that is right, the host or something on the way to it
			shows an old certificate.`,
	},
	'not-yet': {
		words: msg`its certificate is not valid yet`,
		fix: msg`The clock of this machine is most likely behind: look at it with date -u, and set it.`,
	},
	'self-signed': {
		words: msg`its certificate is signed only by itself`,
		fix: msg`The login page of this network, a proxy or an attacker answers in place of the exchange. Do not go on
			from this network.`,
	},
	authority: {
		words: msg`its certificate comes from an authority that this machine does not trust`,
		fix: msg`The proxy of a company does this when it opens TLS: if it is yours, name its authority with
			NODE_EXTRA_CA_CERTS=FILE. Otherwise an attacker may be reading along.`,
	},
	name: {
		words: msg`its certificate is for another name`,
		fix: msg`Another server answers: the login page of this network, a wrong entry in /etc/hosts, or DNS that was
			tampered with.`,
	},
	revoked: {words: msg`its certificate was revoked`, fix: msg`Do not go on; ask the support of the exchange.`},
	protocol: {
		words: msg`it does not speak TLS as it should`,
		fix: msg`Something other than the exchange answers there: a proxy or the login page of this network; or what
			listens speaks plain HTTP.`,
	},
};

export function tlsInWords({tls, message, certificate}: WireFailure): string {
	const words = tls ? tlsFailures[tls].words() : (message ?? t`its certificate could not be checked`);
	if (!certificate || tls === undefined) return words;
	const {issuer, from, until} = certificate;
	const dated =
		tls === 'expired' ? t`${words} (on ${until})` : tls === 'not-yet' ? t`${words} (from ${from} on)` : words;
	return t`${dated}; it names “${issuer}” as its issuer`;
}
