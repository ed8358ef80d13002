/** For filtering the entries of a record, such as an environment, in which a name may have no value. */
export function hasValue<Value>(entry: [string, Value | undefined]): entry is [string, Value] {
	return entry[1] !== undefined;
}
