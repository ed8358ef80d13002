import {useCallback, useEffect, useEffectEvent, useRef, useState} from 'react';
import {autoUnlock, autoUnlockMethods, refuseOtherVaultKind, type AutoUnlockMethod} from '../../../actions/open.ts';
import {openVault} from '../../../actions/setup.ts';
import {withAbortSignal} from '../../../actions/abortable.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import type {UnlockMethod} from '../../../vault/vault.ts';
import {useShell} from '../../shell/shell.ts';
import type {FirstTry} from '../../routes.ts';
import {msg, t, type Translatable} from '../../../language/translate.ts';

const asking: Readonly<Record<AutoUnlockMethod, Translatable>> = {
	agent: msg`Asking the agent…`,
	'ssh-agent': msg`Asking the ssh-agent… You may have to confirm it on the machine where the agent runs. Type the
		passphrase or press Esc to stop waiting.`,
};
type OpenedBy = AutoUnlockMethod | 'given';
const opened: Readonly<Record<OpenedBy, Translatable>> = {
	agent: msg`Opened with the key that the agent keeps.`,
	'ssh-agent': msg`Opened with your SSH key.`,
	given: msg`Opened with the given passphrase or key file.`,
};

type AutoUnlock = {
	readonly waiting: string | undefined;
	readonly refusal: string | undefined;
	/** Tries again; undefined where no method is left, or while one is being tried. */
	readonly ask: (() => void) | undefined;
	readonly stop: () => void;
};

/**
 * Opens the vault without a question where possible: at once on the first try, later on request. Failures never block
 * typing; those that a passphrase would not fix go to `onTrouble`.
 */
export function useAutoUnlock(first: FirstTry | undefined, onTrouble: (error: unknown) => Promise<void>): AutoUnlock {
	const {context, onUnlocked, notify} = useShell();
	const [ways, setWays] = useState<readonly AutoUnlockMethod[]>([]);
	const [waiting, setWaiting] = useState<string>();
	const [refusal, setRefusal] = useState<string>();
	const current = useRef<AbortController>(undefined);
	const stop = useCallback(() => {
		current.current?.abort();
		current.current = undefined;
		setWaiting(undefined);
	}, []);

	const open = async (signal: AbortSignal, opener: UnlockMethod | undefined): Promise<OpenedBy | undefined> => {
		if (opener && 'passphrase' in opener) {
			// A recovery key is accepted too, as in the passphrase field.
			await openVault(context, opener.passphrase);
			return 'given';
		}

		if (opener) {
			await context.vault.unlock(opener);
			refuseOtherVaultKind(context);
			return 'given';
		}

		return autoUnlock(withAbortSignal(context, signal), error => {
			if (error.code === 'agent') notify({text: error.message, hint: error.hint, tone: 'warn'});
			else setRefusal(sanitize(error.message));
		});
	};

	const attempt = async (isFirst: boolean, opener?: UnlockMethod): Promise<void> => {
		const controller = new AbortController();
		current.current = controller;
		const isWanted = () => current.current === controller;
		try {
			const found = await autoUnlockMethods(context);
			if (!isWanted()) return;
			setWays(found);
			if (found.length === 0 && !opener) return;
			setRefusal(undefined);
			setWaiting(opener ? t`Opening…` : asking[found.at(-1)!]);
			const how = await open(controller.signal, opener);
			if (how) onUnlocked(opened[how]());
			else if (isWanted() && isFirst) setWays(found.filter(way => way !== 'agent'));
			else if (isWanted()) setRefusal(before => before ?? t`No agent has the key of this vault.`);
		} catch (error) {
			// After typing has begun, Enter reports the problem.
			if (isWanted()) await onTrouble(error);
		} finally {
			if (isWanted()) stop();
		}
	};

	const begin = useEffectEvent(async () => {
		if (first) await attempt(true, first.opener);
		else await autoUnlockMethods(context).then(setWays, onTrouble);
	});
	useEffect(() => {
		const timer = setImmediate(begin);
		return () => {
			clearImmediate(timer);
			stop();
		};
	}, [stop]);

	return {
		waiting,
		refusal,
		stop,
		ask:
			ways.length === 0 || waiting !== undefined
				? undefined
				: () => {
						void attempt(false);
					},
	};
}
