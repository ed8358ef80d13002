/** The kinds of instruments that orders and fills are listed by (docs/okx-api.md §3.4). */
export const instrumentTypes = ['SPOT', 'MARGIN', 'SWAP', 'FUTURES', 'OPTION'] as const;
export type InstrumentType = (typeof instrumentTypes)[number];

/** What an account did. Numbers are as the exchange writes them, times are ms since 1970, all texts are sanitized. */
export type Order = {
	readonly id: string;
	readonly at: number;
	readonly instrument: string;
	readonly side: string;
	readonly type: string;
	readonly size: string;
	/** Empty for an order at the market. */
	readonly price: string;
	readonly filled: string;
	readonly state: string;
};

export type Fill = {
	readonly id: string;
	readonly at: number;
	/** Where a page ends, the next one continues before it. */
	readonly bill: string;
	readonly order: string;
	readonly instrument: string;
	readonly side: string;
	readonly size: string;
	readonly price: string;
	readonly fee: string;
	readonly feeCurrency: string;
};

/** To or from another owner: `address` is what the exchange names, such as an address, an e-mail or a phone number. */
export type Payment = {
	readonly id: string;
	readonly at: number;
	readonly currency: string;
	readonly amount: string;
	readonly chain: string;
	readonly address: string;
	readonly transaction: string;
	/** A number of the exchange's own. */
	readonly state: string;
};

/** A change of a balance. */
export type Bill = {
	readonly id: string;
	readonly at: number;
	readonly currency: string;
	/** With a sign. */
	readonly change: string;
	/** A number of the exchange's own; `subtype` is empty for the funding account. */
	readonly type: string;
	readonly subtype: string;
};

/** Between the main account and a sub-account. */
export type SubTransfer = {
	readonly id: string;
	readonly at: number;
	readonly currency: string;
	readonly amount: string;
	readonly subAccount: string;
	readonly direction: 'to-sub' | 'from-sub';
};

/** `after` is the id, or for payments and the funding account the time, that the page continues before. */
type Page = {readonly after?: string};
type Since = Page & {readonly begin: number};

/** Endpoints that read what an account did; each answers with one page, newest first. */
export type RecordShapes = {
	openOrders: {parameters: Page; answer: readonly Order[]};
	/** Of the last 7 days. */
	recentOrders: {parameters: Since & {readonly instrumentType: InstrumentType}; answer: readonly Order[]};
	/** Of the last 3 months, without orders that were cancelled before any fill. */
	archivedOrders: {parameters: Since & {readonly instrumentType: InstrumentType}; answer: readonly Order[]};
	/** Of the last 3 days. */
	recentFills: {parameters: Since; answer: readonly Fill[]};
	/** Of the last 3 months. */
	archivedFills: {parameters: Since & {readonly instrumentType: InstrumentType}; answer: readonly Fill[]};
	withdrawals: {parameters: Page; answer: readonly Payment[]};
	deposits: {parameters: Page; answer: readonly Payment[]};
	/** Of the funding account, of the last month. */
	fundingBills: {parameters: Page; answer: readonly Bill[]};
	/** Transfers in and out of the trading account, of the last 7 days. */
	recentTransfers: {parameters: Since; answer: readonly Bill[]};
	/** The same, of the last 3 months. */
	archivedTransfers: {parameters: Since; answer: readonly Bill[]};
	/** Asked with a key of the main account. */
	subTransfers: {parameters: Page & {readonly subAccount: string}; answer: readonly SubTransfer[]};
};
