import * as v from 'valibot';
import type {PermissionWord} from '../core/key/key.ts';
import {orderPermissions, permissionsSaid} from '../core/key/permission.ts';
import {splitIps} from '../core/ip/address.ts';
import {sanitize} from '../core/text/sanitize.ts';

// Shapes that several endpoints share. Unknown fields are ignored: the exchange adds some without notice.

export function permissionsOnWire(some: readonly PermissionWord[]): string {
	return orderPermissions(some)
		.map(permission => (permission === 'read' ? 'read_only' : permission))
		.join(',');
}

/** Characters; a longer text is not from the exchange, and is neither shown nor kept. */
const longestText = 4096;

/** Sanitized here, so that all later code may show it. */
export const text = v.pipe(v.string(), v.maxLength(longestText), v.transform(sanitize));

/** `read_only,trade` in any order; the docs' sample says `read` once (docs/okx-api.md §2.4); keeps unknown words. */
export const permissionList = v.pipe(
	v.string(),
	v.maxLength(longestText),
	v.transform(list => permissionsSaid(list.split(/[\s,]+/))),
);

/** `''` means no allowlist. */
export const ipList = v.pipe(text, v.transform(splitIps));

/** Milliseconds since 1970, sent as text. */
export const time = v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.number(), v.finite());

type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

/** Decodes the only item of an answer. Its error quotes what was received: translate it, never print it. */
export function one<Item extends Schema>(item: Item): (data: unknown) => v.InferOutput<Item> {
	const list = v.tupleWithRest([item], v.unknown());
	return data => v.parse(list, data)[0];
}

/** Throws like `one`. */
export function each<Item extends Schema>(item: Item): (data: unknown) => readonly v.InferOutput<Item>[] {
	const list = v.array(item);
	return data => v.parse(list, data);
}
