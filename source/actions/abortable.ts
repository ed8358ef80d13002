import {AppError} from '../core/errors.ts';
import type {Context} from './context.ts';

/**
 * The same context, with agents that reject with `aborted` once `signal` aborts; a late answer is wiped. An agent
 * may ask a person elsewhere, and would otherwise block for up to a minute.
 */
export function withAbortSignal(context: Context, signal: AbortSignal): Context {
	const {keyAgent, sshAgent} = context;
	return {
		...context,
		...(keyAgent && {
			keyAgent: {
				...keyAgent,
				get: async vaultId =>
					unlessStopped(keyAgent.get(vaultId), signal, late => {
						late?.fill(0);
					}),
			},
		}),
		...(sshAgent && {
			sshAgent: {
				keys: async () => unlessStopped(sshAgent.keys(), signal),
				sign: async (key, data) =>
					unlessStopped(sshAgent.sign(key, data), signal, late => {
						late.fill(0);
					}),
			},
		}),
	};
}

async function unlessStopped<Answer>(
	asked: Promise<Answer>,
	signal: AbortSignal,
	discard: (late: Answer) => void = () => {},
): Promise<Answer> {
	const {promise, resolve, reject} = Promise.withResolvers<Answer>();
	const stop = () => {
		reject(new AppError('aborted'));
	};
	signal.addEventListener('abort', stop, {once: true});
	if (signal.aborted) stop();
	void hear();
	return promise;

	async function hear(): Promise<void> {
		try {
			const answer = await asked;
			if (signal.aborted) discard(answer);
			else resolve(answer);
		} catch (error) {
			reject(error);
		} finally {
			signal.removeEventListener('abort', stop);
		}
	}
}
