/** `clear` stops the timer and must be called. */
export type Deadline = {readonly signal: AbortSignal; readonly clear: () => void};

/**
 * Fires after `ms` with a TimeoutError, or with the caller's signal and its reason. A signal of AbortSignal.any or
 * AbortSignal.timeout may be collected while fetch still reads a body, and then never fires.
 */
export function deadline(ms: number, caller?: AbortSignal): Deadline {
	const controller = new AbortController();
	const timer = setTimeout(() => controller.abort(new DOMException('No answer in time', 'TimeoutError')), ms);
	const pass = () => controller.abort(caller!.reason);
	if (caller?.aborted) pass();
	caller?.addEventListener('abort', pass, {once: true});
	return {
		signal: controller.signal,
		clear() {
			clearTimeout(timer);
			caller?.removeEventListener('abort', pass);
		},
	};
}

/** Runs `work` under a deadline and rejects the moment it fires, even if `work` ignores the signal. */
export async function within<Value>(
	ms: number,
	caller: AbortSignal | undefined,
	work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
	const {signal, clear} = deadline(ms, caller);
	const fired = Promise.withResolvers<never>();
	signal.addEventListener('abort', () => fired.reject(signal.reason as Error), {once: true});
	try {
		signal.throwIfAborted();
		return await Promise.race([work(signal), fired.promise]);
	} finally {
		clear();
	}
}
