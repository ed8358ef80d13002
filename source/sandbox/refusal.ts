/** HTTP status and words of each code (docs/okx-api.md §6). `$` stands for a value that the refusal names. */
const refusals = {
	'50000': [400, 'a POST needs a body'],
	'50001': [503, 'the service is down for the moment'],
	'50002': [400, 'the body is not JSON'],
	'50004': [400, 'the call ran out of time, and what it did is not known'],
	'50005': [410, 'this call is no longer offered'],
	'50006': [400, 'the content type must be application/json'],
	'50007': [200, 'the user is blocked'],
	'50008': [200, 'no such user'],
	'50011': [429, 'too many requests'],
	'50012': [200, 'the account is in an invalid state'],
	'50013': [429, 'the system is busy'],
	'50014': [400, 'parameter $ is missing'],
	'50015': [400, 'one of the parameters $ is missing'],
	'50026': [500, 'system error'],
	'50027': [200, 'the account is restricted from trading'],
	'50028': [200, 'the account is abnormal'],
	'50029': [200, 'the account is suspended for its risk'],
	'50030': [200, 'no permission for this call'],
	'50035': [403, 'this needs an API key that is bound to IP addresses'],
	'50038': [200, 'demo trading does not offer this'],
	'50040': [200, 'the same was asked too often'],
	'50041': [200, 'the account is not among those that this is for'],
	'50046': [200, 'this is being maintained'],
	'50051': [200, 'not offered in the country of the account'],
	'50060': [200, 'the identity must be verified first'],
	'50061': [200, 'the sub-account made too many requests'],
	'50062': [200, 'this is not available for now'],
	'50067': [200, 'the account is of another site'],
	'50100': [400, 'this API key is frozen'],
	'50101': [401, 'the API key belongs to the other environment'],
	'50102': [401, 'the timestamp of the request has expired'],
	'50103': [401, 'header OK-ACCESS-KEY is missing'],
	'50104': [401, 'header OK-ACCESS-PASSPHRASE is missing'],
	'50105': [401, 'wrong passphrase'],
	'50106': [401, 'header OK-ACCESS-SIGN is missing'],
	'50107': [401, 'header OK-ACCESS-TIMESTAMP is missing'],
	'50110': [401, '$ is not on the allow-list of your API key $'],
	'50111': [401, 'OK-ACCESS-KEY is not an API key'],
	'50112': [401, 'OK-ACCESS-TIMESTAMP is not a time'],
	'50113': [401, 'wrong signature'],
	'50114': [401, 'the authorization is not valid'],
	'50115': [405, 'this method is not allowed here'],
	'50119': [401, 'no such API key'],
	'50120': [401, 'this API key lacks the permission for this'],
	'50121': [200, 'the service is not reachable from $'],
	'50124': [401, 'this API key may not trade this market'],
	'51000': [400, 'parameter $ is wrong'],
	'51001': [200, 'no such instrument'],
	'51155': [200, 'this market is not offered in the country of the account'],
	'51400': [200, 'no such order, or it is done'],
	'59500': [200, 'only an API key of the main account may do this'],
	'59501': [200, 'the account has 50 API keys already'],
	'59502': [200, 'an API key has this label already'],
	'59503': [200, 'more than 20 addresses on one API key'],
	'59504': [200, 'a key of a sub-account cannot withdraw'],
	'59505': [200, 'the passphrase does not have the form it must have'],
	'59506': [200, 'no such API key'],
	'59508': [200, 'the sub-account is frozen'],
	'59510': [200, 'no such sub-account'],
} as const satisfies Readonly<Record<string, readonly [status: number, words: string]>>;

export type RefusalCode = keyof typeof refusals;

export function wordsOf(code: RefusalCode): string {
	return refusals[code][1];
}

export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly code: RefusalCode;

	constructor(code: RefusalCode, ...subjects: readonly string[]) {
		let next = 0;
		super(refusals[code][1].replaceAll('$', () => subjects[next++] ?? ''));
		this.code = code;
	}
}

export type Reply = {readonly status: number; readonly body: unknown};

/** Code 1 if an item of `data` has failed, whose own code says how (docs/okx-api.md §1.6). */
export function success(data: readonly unknown[], code: '0' | '1' = '0'): Reply {
	return {status: 200, body: {code, data, msg: ''}};
}

/** A refusal by the gateway has no `data` (docs/okx-api.md §1.6). */
export function refused({code, message}: Refusal): Reply {
	const [status] = refusals[code];
	return {status, body: status === 401 ? {msg: message, code} : {code, data: [], msg: message}};
}

/** An unknown path has a number for a code and an object for data (docs/okx-api.md §1.6). */
export const notFound: Reply = {
	status: 404,
	body: {code: 404, data: {}, detailMsg: '', error_code: '404', error_message: 'Not Found', msg: 'Not Found'},
};

/** For every caller of the page without the token; the exchange has no such answer. */
export const forbidden: Reply = {
	status: 403,
	body: {code: '403', data: [], msg: 'only the program that started this sandbox may use its page'},
};

export const tooLarge: Reply = {status: 413, body: {code: '413', data: [], msg: 'the body is too large'}};
