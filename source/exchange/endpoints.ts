import type {LiveKey, Permission} from '../core/key.ts';

// Stub of the shapes; the table is to be written here.
export type SubAccount = {readonly name: string; readonly uid: string; readonly label: string; readonly enabled: boolean};
/** A key as the exchange lists it: never with its secret. */
export type ListedKey = {readonly label: string; readonly apiKey: string; readonly permissions: readonly Permission[]; readonly ip: readonly string[]; readonly createdAt: number};
/** A key as it is made: the only time its secret is seen. */
export type CreatedKey = ListedKey & {readonly secretKey: string};

type Shapes = {
	/** GET /api/v5/public/time: ms since 1970. */
	time: {parameters: {}; answer: {readonly serverTime: number}};
	/** GET /api/v5/account/config */
	config: {parameters: {}; answer: LiveKey};
	/** GET /api/v5/users/subaccount/list */
	subAccounts: {parameters: {}; answer: readonly SubAccount[]};
	/** POST /api/v5/users/subaccount/apikey */
	createSubKey: {parameters: {subAccount: string; label: string; passphrase: string; permissions: readonly Permission[]; ip: readonly string[]}; answer: CreatedKey};
	/** GET /api/v5/users/subaccount/apikey */
	subKeys: {parameters: {subAccount: string; apiKey?: string}; answer: readonly ListedKey[]};
	/** POST /api/v5/users/subaccount/modify-apikey: what is absent stays as it is. */
	modifySubKey: {parameters: {subAccount: string; apiKey: string; label?: string; permissions?: readonly Permission[]; ip?: readonly string[]}; answer: ListedKey};
	/** POST /api/v5/users/subaccount/delete-apikey */
	deleteSubKey: {parameters: {subAccount: string; apiKey: string}; answer: {readonly subAccount: string}};
	/** The sandbox's stand-in for the exchange's own web page, which has no API: /sandbox/page/…; never on OKX. */
	pageKeys: {parameters: {}; answer: readonly (ListedKey & {readonly environment: 'live' | 'demo'; readonly type: 'api' | 'app'})[]};
	pageCreate: {parameters: {label: string; passphrase: string; permissions: readonly Permission[]; ip: readonly string[]; type: 'api' | 'app'; environment: 'live' | 'demo'}; answer: CreatedKey};
	pageEdit: {parameters: {apiKey: string; label?: string; permissions?: readonly Permission[]; ip?: readonly string[]}; answer: ListedKey};
	pageDelete: {parameters: {apiKey: string}; answer: {readonly apiKey: string}};
};
export type EndpointName = keyof Shapes;
export type Parameters<Name extends EndpointName> = Shapes[Name]['parameters'];
export type Answer<Name extends EndpointName> = Shapes[Name]['answer'];
