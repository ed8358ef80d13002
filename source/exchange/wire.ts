import * as v from 'valibot';
import type {PermissionWord} from '../core/key.ts';
import {orderPermissions, permissionsSaid} from '../core/permission.ts';
import {splitIps} from '../core/ip/address.ts';
import {sanitize} from '../core/text/sanitize.ts';

// How the exchange writes the things that several endpoints share. Unknown fields are ignored: it adds them without
// notice.

/** The exchange's word for a permission; ours for its `read_only` is `read`. */
export function permissionsOnWire(some: readonly PermissionWord[]): string {
	return orderPermissions(some)
		.map(permission => (permission === 'read' ? 'read_only' : permission))
		.join(',');
}

/** Characters. What the exchange sends is far shorter; what is longer is not from it, and is neither shown nor kept. */
const longestText = 4096;

/** A text to show; made safe here, so that nobody further in has to think of it. */
export const text = v.pipe(v.string(), v.maxLength(longestText), v.transform(sanitize));

/**
 * `read_only,trade` in any order; the docs' own sample says `read` once (docs/okx-api.md §2.4). Words we do not know
 * are kept.
 */
export const permissionList = v.pipe(
	v.string(),
	v.maxLength(longestText),
	v.transform(list => permissionsSaid(list.split(/[\s,]+/))),
);

/** `''` means bound to no address. */
export const ipList = v.pipe(text, v.transform(splitIps));

/** Milliseconds since 1970, sent as text. */
export const time = v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.number(), v.finite());

type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

/** Decodes the one item of an answer. What it throws quotes what was received: translate it, never print it. */
export function one<Item extends Schema>(item: Item): (data: unknown) => v.InferOutput<Item> {
	const list = v.tupleWithRest([item], v.unknown());
	return data => v.parse(list, data)[0];
}

/** Decodes every item of an answer; throws like `one`. */
export function each<Item extends Schema>(item: Item): (data: unknown) => readonly v.InferOutput<Item>[] {
	const list = v.array(item);
	return data => v.parse(list, data);
}
