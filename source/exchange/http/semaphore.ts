import type {Release} from './rate-limiter.ts';

/**
 * Lets so many through at once; the others wait in the order in which they came. Rejects with the signal's reason;
 * what it gives must be called at the end.
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
			// Whoever has been let through just now passes it on by releasing.
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
