/** One record of an account, as it is on the wire. Ids grow with time; `at` is in ms since 1970. */
export type Entry = {
	readonly id: number;
	readonly at: number;
	readonly wire: Readonly<Record<string, string>>;
};
