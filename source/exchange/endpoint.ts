import type {Environment, KeyType, LiveKey, Permission, PermissionWord} from '../core/key/key.ts';
import type {RecordShapes} from './records.ts';

export type SubAccount = {
	readonly name: string;
	readonly uid: string;
	readonly label: string;
	readonly enabled: boolean;
	readonly createdAt: number;
};
/** A key as the exchange lists it, without its secret. `createdAt` is 0 where the exchange leaves it out. */
export type ListedKey = {
	readonly label: string;
	readonly apiKey: string;
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
	readonly createdAt: number;
};
export type CreatedKey = ListedKey & {readonly secretKey: string};

/**
 * A notice of the exchange about its own state (docs/okx-api.md §3.2). Times are ms since 1970; null when not given.
 */
export type Notice = {
	readonly title: string;
	readonly state: string;
	readonly begin: number | null;
	readonly end: number | null;
};

export type Chosen = {
	readonly label: string;
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
};

type Shapes = RecordShapes & {
	/** ms since 1970. */
	time: {parameters: {}; answer: {readonly serverTime: number}};
	config: {parameters: {}; answer: LiveKey};
	status: {parameters: {}; answer: readonly Notice[]};
	/**
	 * Cancels an order. With the id of no existing order it proves the trade permission and has no other effect
	 * (docs/okx-api.md §3.3).
	 */
	cancelOrder: {
		parameters: {readonly instrument: string; readonly clientOrderId: string};
		answer: {readonly clientOrderId: string};
	};
	/** Newest first; `after` continues with entries older than that time, and the client follows the pages itself. */
	subAccounts: {parameters: {readonly after?: number}; answer: readonly SubAccount[]};
	createSubKey: {parameters: Chosen & {readonly subAccount: string; readonly passphrase: string}; answer: CreatedKey};
	subKeys: {parameters: {readonly subAccount: string; readonly apiKey?: string}; answer: readonly ListedKey[]};
	/** An absent field stays as it is. */
	modifySubKey: {
		parameters: Partial<Chosen> & {readonly subAccount: string; readonly apiKey: string};
		answer: ListedKey;
	};
	deleteSubKey: {
		parameters: {readonly subAccount: string; readonly apiKey: string};
		answer: {readonly subAccount: string};
	};
	/** The sandbox's stand-in for the exchange's own web page, which has no API; never on OKX. */
	pageKeys: {
		parameters: {};
		answer: readonly (ListedKey & {readonly environment: Environment; readonly type: KeyType})[];
	};
	pageCreate: {
		parameters: Chosen & {readonly passphrase: string; readonly type: KeyType; readonly environment: Environment};
		answer: CreatedKey;
	};
	pageEdit: {parameters: Partial<Chosen> & {readonly apiKey: string}; answer: ListedKey};
	pageDelete: {parameters: {readonly apiKey: string}; answer: {readonly apiKey: string}};
};
export type EndpointName = keyof Shapes;
export type EndpointParameters<Name extends EndpointName> = Shapes[Name]['parameters'];
export type Answer<Name extends EndpointName> = Shapes[Name]['answer'];

/** How often an endpoint may be called, by one address or by all keys of one user together. `windowMs` is in ms. */
export type RateLimit = {readonly count: number; readonly windowMs: number; readonly per: 'ip' | 'user'};

export type EndpointNeeds = {
	readonly permission: Permission;
	readonly mainAccount?: boolean;
	readonly boundCaller?: boolean;
};

/** The wire form of an endpoint, shared by client and sandbox. Signed exactly when it needs something of its caller. */
export type EndpointRoute = {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly needs?: EndpointNeeds;
	/** A call that changes something is never repeated. */
	readonly writes?: true;
	readonly sandboxOnly?: true;
	readonly limit?: RateLimit;
};

type Request = {
	readonly query?: Readonly<Record<string, string | undefined>>;
	readonly body?: Readonly<Record<string, string | undefined>>;
};

export type Endpoint<Name extends EndpointName> = EndpointRoute & {
	readonly request: (parameters: EndpointParameters<Name>) => Request;
	/** Reads the envelope's `data`; throws when its shape is wrong. */
	readonly decode: (data: unknown) => Answer<Name>;
	/** For a list in pages: the parameters of the next page, or undefined at the end. */
	readonly next?: (answer: Answer<Name>, parameters: EndpointParameters<Name>) => EndpointParameters<Name> | undefined;
};
