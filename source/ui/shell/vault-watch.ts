import {useEffect, useEffectEvent, useState} from 'react';
import {isAppError} from '../../core/errors.ts';
import type {Vault} from '../../vault/vault.ts';
import {wordsFor} from './failure-words.ts';
import type {StatusMessage} from './shell.ts';
import type {Alarms} from '../timing/alarms.ts';
import {aboutEveryMinute} from '../timing/use-alarms.ts';
import {msg, t} from '../../language/translate.ts';

type WatchListener = {
	/** Called once per problem, and once when it is over. */
	readonly onNews: (message: StatusMessage) => void;
	/** The file is sealed with another key, so nothing can be saved. Called at each look until the vault is locked. */
	readonly onReplaced: (message: StatusMessage) => void;
};

/**
 * Watches the open vault's file for changes by other programs. Where the store tells of them, it is looked at then and
 * about every minute; else, and while something is wrong, every `everyMs`. An unchanged file costs one look at its
 * metadata. Returns why nothing can be saved, and `isOnlyHere` when the content may exist in memory alone.
 */
export function useVaultWatch(
	vault: Vault,
	alarms: Alarms,
	everyMs: number,
	told: WatchListener,
): {readonly trouble?: string; readonly isOnlyHere: boolean} {
	const [trouble, setTrouble] = useState<{readonly code: string; readonly sentence: string}>();
	const onNews = useEffectEvent(told.onNews);
	const onReplaced = useEffectEvent(told.onReplaced);

	useEffect(() => {
		/**
		 * The previous and the reported problem. A problem is reported when seen twice, because a file being copied may
		 * look damaged.
		 */
		let found: string | undefined;
		let known: string | undefined;
		let isLooking = false;
		let isChangedMeanwhile = false;
		let lookedAt = -Infinity;
		let unwatch: (() => void) | undefined;
		let timer: NodeJS.Timeout | undefined;

		const settle = (code?: string, sentence?: string) => {
			known = code;
			setTrouble(code === undefined || sentence === undefined ? undefined : {code, sentence});
		};
		const judge = (error: unknown) => {
			const code = isAppError(error) ? error.code : 'unexpected';
			const words = troubleWords(error, vault.path);
			if (code === found && code !== known) {
				settle(code, words.text);
				onNews(words);
			}

			found = code;
			if (code === known && code === 'vault-replaced') onReplaced(words);
		};
		const refresh = async () => {
			try {
				await vault.refresh();
				found = undefined;
				if (known === undefined) return;
				settle();
				onNews({text: t`The vault is back; changes are saved again.`, tone: 'good'});
			} catch (error) {
				if (!isAppError(error, 'locked')) judge(error);
			}
		};

		const look = () => {
			lookedAt = alarms.clock();
			if (!vault.isOpen()) return plan();
			if (isLooking) {
				isChangedMeanwhile = true;
				return;
			}

			isLooking = true;
			void refresh().finally(() => {
				isLooking = false;
				if (found === undefined) watch();
				if (isChangedMeanwhile) {
					isChangedMeanwhile = false;
					look();
				} else plan();
			});
		};
		const plan = () => {
			clearTimeout(timer);
			if (unwatch === undefined || found !== undefined) timer = setTimeout(look, everyMs);
		};
		const watch = () => {
			unwatch ??= vault.watch(look, () => {
				unwatch = undefined;
				look();
			});
		};

		watch();
		plan();
		const remove = alarms.add({...aboutEveryMinute(() => lookedAt), ring: look});
		const unsubscribe = vault.subscribe(() => {
			if (vault.isOpen()) return;
			found = undefined;
			settle();
		});
		return () => {
			remove();
			clearTimeout(timer);
			unwatch?.();
			unsubscribe();
		};
	}, [vault, alarms, everyMs]);

	return trouble
		? {trouble: t`Nothing can be changed now. ${trouble.sentence}`, isOnlyHere: Object.hasOwn(hints, trouble.code)}
		: {isOnlyHere: false};
}

const restorable = msg`Keep this open: the last changes may be in no save that is kept.`;
const hints: Readonly<Record<string, string>> = {
	'vault-vanished': restorable(),
	'vault-damaged': restorable(),
	'not-a-vault': restorable(),
	'vault-older': restorable(),
};

function troubleWords(error: unknown, path: string): StatusMessage {
	// The file does not tell which of the two happened.
	if (isAppError(error, 'vault-replaced'))
		return {
			text: t`${path} was given a new key, or was replaced by another vault.`,
			hint: t`Unlock it with its current passphrase.`,
			tone: 'warn',
		};
	const words = wordsFor(error);
	const hint = isAppError(error) ? hints[error.code] : undefined;
	return hint === undefined ? words : {...words, hint};
}
