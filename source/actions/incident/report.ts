import type {Account, Environment, KeyCopy, KeyUse, PermissionWord} from '../../core/key/key.ts';
import type {Fill, Order, Payment, SubTransfer} from '../../exchange/records.ts';

/** A change of a balance by a transfer; `way` is a word of `transferWords`, or the number of an unknown type. */
export type Transfer = {
	readonly id: string;
	readonly at: number;
	readonly currency: string;
	readonly change: string;
	readonly way: string;
};

export type RecordsByKind = {
	openOrders: Order;
	withdrawals: Payment;
	transfers: Transfer;
	subTransfers: SubTransfer;
	deposits: Payment;
	fills: Fill;
	orders: Order;
};
export type RecordKind = keyof RecordsByKind;

type ReadOf<Kind extends RecordKind> = {
	readonly kind: Kind;
	/** The key that read them; null if none did. */
	readonly by: string | null;
	/** How far back the exchange looks, where that is later than what was asked for; ms since 1970. */
	readonly from: number;
	/** Newest first. */
	readonly records: readonly RecordsByKind[Kind][];
	/** False where there are more than were read. */
	readonly isWhole: boolean;
	/** Why nothing, or not all, was read. */
	readonly problem: string | null;
};

/** What was read of one kind. */
export type ReadRecords = {[Kind in RecordKind]: ReadOf<Kind>}[RecordKind];

/** A call to the exchange: its time in ms since 1970, and how it ended. */
export type NotedRequest = {
	readonly at: number;
	readonly method: string;
	readonly path: string;
	/** `0` where it was done, the code of a refusal, or the kind of another failure, such as `timeout`. */
	readonly answer: string;
};

/** Why another key may be known to the same thief. */
export type Relation = 'account' | 'passphrase' | 'secret' | 'address' | 'program';

export type RelatedKey = {readonly name: string; readonly relations: readonly Relation[]};

/** What became of the key on the exchange, as far as is known. */
export type CutState = 'deleted' | 'read-only' | 'works';

/** All that is known about a suspected leak; times are ms since 1970. No secret is in it. */
export type IncidentReport = {
	readonly at: number;
	readonly key: {
		readonly name: string;
		/** Its name on the exchange. */
		readonly label: string | null;
		/** The beginning of the API key, as the exchange itself writes it in messages about a key. */
		readonly apiKeyBegins: string;
		readonly environment: Environment;
		readonly site: string;
		readonly host: string | null;
		readonly account: Account;
		/** The page where its owner can delete it. */
		readonly page: string;
	};
	readonly cut: {
		readonly state: CutState;
		readonly begunAt: number;
		/** When it could do no more harm; null while it can, or if that is not known. */
		readonly at: number | null;
		readonly deletedAt: number | null;
		/** Why it is not deleted. */
		readonly problem: string | null;
	};
	readonly could: {
		readonly permissions: readonly PermissionWord[];
		readonly ip: readonly string[];
		/** Begins with `can`, without a full stop. */
		readonly words: string;
	};
	readonly since: number;
	readonly read: readonly ReadRecords[];
	/** Why nothing of the account was read; null if something was. */
	readonly unread: string | null;
	readonly requests: readonly NotedRequest[];
	readonly related: readonly RelatedKey[];
	readonly uses: readonly KeyUse[];
	readonly copies: readonly KeyCopy[];
};

/** A part of a report in words: every text is sanitized, and times are in UTC. */
export type Section = {
	readonly title: string;
	/** Sentences, each a paragraph. */
	readonly text?: readonly string[];
	/** Names with values. */
	readonly facts?: readonly (readonly [name: string, value: string])[];
	readonly table?: {readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[]};
	/** What is left to do. */
	readonly tasks?: readonly string[];
};
