import {clockRemedies} from '../clock-service.ts';
import {hasOtherSites, shared, durationInWords, type DiagnosisRow, type DiagnosisRows} from '../row.ts';
import {refusedAddress} from '../ip-refused.ts';
import {limits} from '../../limits.ts';
import {msg, t} from '../../../language/translate.ts';

const other = {live: 'demo', demo: 'live'} as const;

const headerLost = msg`A proxy on the way may remove headers; try without it.`;
const lacksPermission: DiagnosisRow = {
	exit: 'permissionMissing',
	cause: msg`The key lacks the permission for this.`,
	fix: msg`Give it the permission on the exchange, then test it again.`,
};
const noProgramme: DiagnosisRow = {
	exit: 'permissionMissing',
	cause: msg`The exchange refuses this to the account itself, most likely because it belongs to a programme that the
		account is not in.`,
	fix: msg`Ask the support of the exchange; another permission of the key would most likely change nothing.`,
};
/**
 * Sent with HTTP 401 since 2026, but in none of the exchange's lists; the fix names the most frequent cause first
 * (docs/okx-api.md §3.3).
 */
const marketClosed: DiagnosisRow = {
	exit: 'permissionMissing',
	cause: ({market = t`this market`}) => t`The key has no right to trade ${market}; its permissions do not show that.`,
	fix: msg`Check in this order: is this the account that you mean (its uid), is the market offered to it, is the
		market activated there? If so, make a new key: one from before the activation lacks the right.`,
};
/** The code of a single order in an answer with HTTP 200: the call itself succeeded. */
const marketNotOffered: DiagnosisRow = {
	exit: 'unexpected',
	cause: msg`The law of the country of the account does not let the exchange offer it this market; the key is not at
		fault.`,
	fix: msg`Choose a market that is offered to the account: another key would change nothing.`,
};
const onlyBound: DiagnosisRow = {
	exit: 'permissionMissing',
	cause: msg`The exchange lets only a key that is bound to an IP address do this.`,
	fix: msg`Bind the key that asks to the address of this machine.`,
};

const clockOff: DiagnosisRow = {
	exit: 'clockSkew',
	cause(_, {skewMs}) {
		const allowed = durationInWords(limits.clockWindowMs);
		if (skewMs === undefined || skewMs === null)
			return t`The time of the request was more than ${allowed} off the exchange’s: most likely the clock of this
				machine is wrong.`;
		const size = Math.abs(skewMs);
		if (size <= limits.clockWindowMs)
			return t`The exchange found the time of the request more than ${allowed} off, but the clock of this machine is
				only ${Math.round(size / 1000)} s off now: the call was held up on its way, or the clock has just been set.`;
		const inWords = size < 120_000 ? '' : ` (${durationInWords(size)})`;
		return t`The clock of this machine is ${Math.round(size / 1000)} s ${skewMs > 0 ? t`ahead of` : t`behind`} the
			exchange’s${inWords}, which was asked over the network at that moment; ${allowed} are allowed.`;
	},
	fix(_, {skewMs, clockService = 'unknown'}) {
		const isRight = skewMs !== undefined && skewMs !== null && Math.abs(skewMs) <= limits.clockWindowMs;
		return isRight
			? t`Test again; if it persists, something on the way holds calls back, such as a proxy.`
			: clockRemedies[clockService]();
	},
};

/**
 * Codes about the key that signs a call: authentication, IP address, environment, site and permissions (docs/okx-api.md
 * §6).
 */
export const codesOfKeys: DiagnosisRows = {
	'50100': {
		exit: 'frozen',
		cause: msg`The exchange has frozen this key; that is not about its permissions.`,
		fix: msg`Ask the support of the exchange why; until then the key cannot be used.`,
	},
	'50101': {
		exit: 'wrongSite',
		cause: (_, {environment}) =>
			environment === 'demo'
				? t`This is a key for live trading, but it is stored here as a demo key.`
				: environment === 'live'
					? t`This is a key for demo trading, but it is stored here as a live key.`
					: t`The key belongs to the other environment (live or demo).`,
		fix: (_, {environment}) =>
			environment === undefined
				? t`Store the key with the other environment: --env live or --env demo.`
				: t`Store it as ${other[environment]}: --env ${other[environment]}.`,
		offer: (_, {environment}) => environment && {act: 'use-environment', environment: other[environment]},
	},
	'50102': clockOff,
	'50112': {
		exit: 'clockSkew',
		cause: msg`The exchange could not read the time of the request.`,
		fix: (_, {clockService}) =>
			clockService === undefined
				? t`Look at the date of this machine: date -u.`
				: t`Look at the date of this machine: date -u. ${clockRemedies[clockService]()}`,
	},
	'50103': {exit: 'authentication', cause: msg`The exchange got no API key.`, fix: headerLost},
	'50104': {
		exit: 'authentication',
		cause: msg`The exchange got no passphrase.`,
		fix: msg`Store the key again with its passphrase.`,
	},
	'50105': {
		exit: 'authentication',
		cause: msg`The passphrase of the key is wrong.`,
		fix: msg`It is the one chosen when the key was made, not the password of the account; and a shell may have eaten a
			$ or a quote in it: type it in, without a shell. A lost one cannot be found again: make a new key.`,
	},
	'50106': {exit: 'authentication', cause: msg`The exchange got no signature.`, fix: headerLost},
	'50107': {exit: 'authentication', cause: msg`The exchange got no time of the request.`, fix: headerLost},
	...shared('50108 50109', {
		exit: 'authentication',
		cause: msg`The exchange does not know the broker that the key was made for.`,
		fix: msg`Ask the maker of the application, or make a key for own trading.`,
	}),
	'50110': refusedAddress,
	'50111': {
		exit: 'authentication',
		cause: msg`What is stored as the API key is not an API key: the exchange cannot read it as one.`,
		fix: msg`Copy the API key again, not another field such as the secret key: it looks like 8-4-4-4-12 letters and
			digits.`,
	},
	'50113': {
		exit: 'authentication',
		cause: msg`The secret key is wrong: the signature does not match.`,
		fix: msg`Copy the secret again, whole: often the passphrase was pasted in its place, or a shell has eaten a part
			of it.`,
	},
	'50114': {
		exit: 'permissionMissing',
		cause: msg`The exchange refused the authorization of this key for this.`,
		fix: msg`Check the permissions of the key.`,
	},
	'50119': {
		exit: 'keyMissing',
		cause: msg`The exchange does not know this key here: it belongs to another site of the exchange, was deleted, has
			expired after 14 idle days, or is mistyped.`,
		// The exchange looks up the key before it checks secret and passphrase (docs/okx-api.md §6).
		fix: (_, measured) =>
			hasOtherSites(measured)
				? t`Check whether the page of the exchange lists the key, and ask its other sites: keys of EEA, US and TR
					accounts are known only there. The secret key and the passphrase were not checked.`
				: t`Check whether the page of the exchange lists the key. The secret key and the passphrase were not checked.`,
		offer: (_, measured) => (hasOtherSites(measured) ? {act: 'try-sites'} : undefined),
	},
	'50030': noProgramme,
	'50120': lacksPermission,
	'50124': marketClosed,
	'51155': marketNotOffered,
	'50035': onlyBound,
	'58228': onlyBound,
	'50041': {
		exit: 'permissionMissing',
		cause: msg`The exchange offers this to chosen accounts only, and this one is not among them.`,
		fix: msg`Ask the support of the exchange.`,
	},
	'59509': {
		exit: 'permissionMissing',
		cause: msg`The account may not reset the protection of a market maker.`,
		fix: msg`Ask the support of the exchange.`,
	},
	'50116': {
		exit: 'usage',
		cause: msg`An application may make only one key this way.`,
		fix: msg`Use the key it has made.`,
	},
	'50118': {
		exit: 'usage',
		cause: msg`The application has not published its addresses, so no key can be linked to it.`,
		fix: msg`Ask the maker of the application.`,
	},
	'50038': {exit: 'wrongSite', cause: msg`Demo trading does not offer this.`, fix: msg`Use a live key.`},
	'50053': {exit: 'wrongSite', cause: msg`Only demo trading offers this.`, fix: msg`Use a demo key.`},
	'50067': {
		exit: 'wrongSite',
		cause: msg`The account belongs to another site of the exchange.`,
		fix: msg`Store the key with the --site of its account.`,
		offer: (_, measured) => (hasOtherSites(measured) ? {act: 'try-sites'} : undefined),
	},
	...shared('50051 50052 51734 59114', {
		exit: 'wrongSite',
		cause: msg`The exchange does not offer this in the country of the account.`,
		fix: msg`Ask the support of the exchange.`,
	}),
	'50121': {
		exit: 'wrongSite',
		cause: msg`The exchange does not serve the address of this machine.`,
		fix: msg`Its country or its provider may be blocked; use a server elsewhere.`,
	},
};
