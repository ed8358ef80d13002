import type {Release} from './rate-limiter.ts';

/**
 * Admits `most` at once, the others in order of arrival. Rejects with the signal's reason; the release must be called.
 */
export function createSemaphore(most: number): (signal?: AbortSignal) => Promise<Release> {
	let free = most;
	const queue = new Set<() => void>();

	function release(): void {
		const [next] = queue;
		if (!next) {
			free++;
			return;
		}

		queue.delete(next);
		next();
	}

	return async signal => {
		signal?.throwIfAborted();
		if (free > 0) {
			free--;
			return release;
		}

		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const stop = () => {
			// A caller that was just admitted is not in the queue any more; its release admits the next one.
			if (queue.delete(resolve)) reject(signal!.reason);
		};
		queue.add(resolve);
		signal?.addEventListener('abort', stop);
		try {
			await promise;
		} finally {
			signal?.removeEventListener('abort', stop);
		}

		return release;
	};
}
