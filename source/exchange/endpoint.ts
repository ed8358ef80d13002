import type {Environment, KeyType, LiveKey, Permission, PermissionWord} from '../core/key/key.ts';

export type SubAccount = {
	readonly name: string;
	readonly uid: string;
	readonly label: string;
	readonly enabled: boolean;
	readonly createdAt: number;
};
/** A key as the exchange lists it: never with its secret. `createdAt` is 0 where the exchange leaves it out. */
export type ListedKey = {
	readonly label: string;
	readonly apiKey: string;
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
	readonly createdAt: number;
};
/** A key as it is made: the only time its secret is seen. */
export type CreatedKey = ListedKey & {readonly secretKey: string};

/**
 * What the exchange announces of its own state (docs/okx-api.md §3.2). Times are ms since 1970, null where it names
 * none.
 */
export type Notice = {
	readonly title: string;
	readonly state: string;
	readonly begin: number | null;
	readonly end: number | null;
};

/** What a person chooses of a key. */
export type Chosen = {
	readonly label: string;
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
};

/** What each endpoint is asked, and what it answers. */
type Shapes = {
	/** ms since 1970. */
	time: {parameters: {}; answer: {readonly serverTime: number}};
	config: {parameters: {}; answer: LiveKey};
	/** Maintenance that is scheduled or under way. */
	status: {parameters: {}; answer: readonly Notice[]};
	/**
	 * Cancels an order. Sent with an id that no order has, it proves that a key may trade and does nothing else
	 * (docs/okx-api.md §3.3).
	 */
	cancelOrder: {
		parameters: {readonly instrument: string; readonly clientOrderId: string};
		answer: {readonly clientOrderId: string};
	};
	/** Newest first; `after` continues with those older than a time, which the client does by itself. */
	subAccounts: {parameters: {readonly after?: number}; answer: readonly SubAccount[]};
	createSubKey: {parameters: Chosen & {readonly subAccount: string; readonly passphrase: string}; answer: CreatedKey};
	subKeys: {parameters: {readonly subAccount: string; readonly apiKey?: string}; answer: readonly ListedKey[]};
	/** What is absent stays as it is. */
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

/** How often an endpoint may be called: by one address, or by all keys of one user together. */
export type RateLimit = {readonly count: number; readonly windowMs: number; readonly per: 'ip' | 'user'};

/** What a caller must be: its key's permission, a key of the main account, a key bound to an address. */
export type Needs = {readonly permission: Permission; readonly mainAccount?: boolean; readonly boundCaller?: boolean};

/**
 * What an endpoint is on the wire, the same for who calls and who answers. Signed exactly when it needs something of
 * its caller.
 */
export type EndpointRoute = {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly needs?: Needs;
	/** Whether a call changes something, so that it is never repeated. */
	readonly writes?: true;
	/** Whether it exists in the sandbox only. */
	readonly sandboxOnly?: true;
	readonly limit?: RateLimit;
};

/** A request's parts; what is undefined is not sent. */
type Request = {
	readonly query?: Readonly<Record<string, string | undefined>>;
	readonly body?: Readonly<Record<string, string | undefined>>;
};

export type Endpoint<Name extends EndpointName> = EndpointRoute & {
	readonly request: (parameters: EndpointParameters<Name>) => Request;
	/** Reads the envelope's `data`; throws when it is not what was asked for. */
	readonly decode: (data: unknown) => Answer<Name>;
	/** For a list that comes in pages: what to ask for next, or undefined at its end. */
	readonly next?: (answer: Answer<Name>, parameters: EndpointParameters<Name>) => EndpointParameters<Name> | undefined;
};
