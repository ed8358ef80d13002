import {useEffect, useEffectEvent, useState} from 'react';
import {isAppError} from '../../core/errors.ts';
import type {Vault} from '../../vault/vault.ts';
import {wordsFor} from './failure-words.ts';
import type {StatusMessage} from './shell.ts';
import {msg, t} from '../../language/translate.ts';

type WatchListener = {
	/** Called once per problem, and once when it is over. */
	readonly onNews: (message: StatusMessage) => void;
	/** The file is sealed with another key, so nothing can be saved. Called at each look until the vault is locked. */
	readonly onReplaced: (message: StatusMessage) => void;
};

/**
 * Watches the open vault's file for changes by other programs; an unchanged file costs one look at its metadata.
 * Returns why nothing can be saved, and `isOnlyHere` when the content may exist in memory alone.
 */
export function useVaultWatch(
	vault: Vault,
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
		const look = async () => {
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

		const timer = setInterval(() => {
			if (isLooking || !vault.isOpen()) return;
			isLooking = true;
			void look().finally(() => {
				isLooking = false;
			});
		}, everyMs);
		const unsubscribe = vault.subscribe(() => {
			if (vault.isOpen()) return;
			found = undefined;
			settle();
		});
		return () => {
			clearInterval(timer);
			unsubscribe();
		};
	}, [vault, everyMs]);

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
