import {setMaxListeners} from 'node:events';
import type {StoredKey} from '../core/key/key.ts';
import {endpoints} from '../exchange/endpoints.ts';
import {byAccount} from './accounts.ts';
import type {Context} from './context.ts';

/** From this many keys on, memory matters more than the speed of a single step. */
const manyKeys = 100;

export type SideBySide<Item> = {
	readonly items: readonly Item[];
	readonly keyOf: (item: Item) => StoredKey;
	/** Tests an item; it is aborted where the caller aborts, or another item has failed. */
	readonly work: (item: Item, signal: AbortSignal) => Promise<void>;
	readonly signal?: AbortSignal | undefined;
};

/**
 * Works on keys in parallel, at once only as many of an account as its rate limit lets through; of each account in
 * the order given. Begins no more after an abort or a failure, waits until all that was begun has ended, and then
 * rejects with the first reason.
 */
export async function sideBySide<Item>(
	{saveMemory}: Context,
	{items, keyOf, work, signal}: SideBySide<Item>,
): Promise<void> {
	const stop = new AbortController();
	// Every call under way listens to this signal.
	setMaxListeners(0, stop.signal);
	const halt = () => {
		stop.abort(signal!.reason);
	};
	if (signal?.aborted) halt();
	signal?.addEventListener('abort', halt);
	const isLarge = items.length >= manyKeys;
	if (isLarge) saveMemory?.(true);
	const running = byAccount(items, keyOf).flatMap(account => {
		const left = [...account];
		// The rate limit would only queue more.
		return Array.from({length: Math.min(left.length, endpoints.config.limit!.count)}, async () => {
			for (let item = left.shift(); item && !stop.signal.aborted; item = left.shift()) await work(item, stop.signal);
		});
	});
	const whole = Promise.all(running).catch((error: unknown) => {
		stop.abort(error);
	});
	await Promise.allSettled([whole, ...running]);
	signal?.removeEventListener('abort', halt);
	if (isLarge) saveMemory?.(false);
	stop.signal.throwIfAborted();
}
