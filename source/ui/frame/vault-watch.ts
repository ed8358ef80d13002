import {useEffect, useEffectEvent, useState} from 'react';
import {isAppError} from '../../core/errors.ts';
import type {Vault} from '../../vault/vault.ts';
import {wordsFor} from './failure-words.ts';
import type {Message} from './shell.ts';

type WatchListener = {
	/** Once for each trouble, and once when it is over. */
	readonly onNews: (message: Message) => void;
	/**
	 * The file is sealed with another key now: nothing that is open here can be saved any more. Called until the
	 * vault is locked.
	 */
	readonly onReplaced: (message: Message) => void;
};

/**
 * Follows what other programs do with the file of the open vault, by its name, size and time alone while nothing
 * changes. Gives why nothing can be saved, while that is so; what was read last stays open, and may be nowhere else
 * (`isOnlyHere`).
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
		 * What the last look found, and what was told. A file that is being copied may look damaged at first, so it
		 * takes two.
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
				onNews({text: 'The vault is back; changes are saved again.', tone: 'good'});
			} catch (error) {
				// It was locked meanwhile.
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
		? {trouble: `Nothing can be changed now. ${trouble.sentence}`, isOnlyHere: Object.hasOwn(hints, trouble.code)}
		: {isOnlyHere: false};
}

const restorable = 'Keep this open: it may be in no save that is kept.';
const hints: Readonly<Record<string, string>> = {
	'vault-vanished': restorable,
	'vault-damaged': restorable,
	'not-a-vault': restorable,
	'vault-older': restorable,
};

/** What happened, and what somebody with the screen before them can do about it. */
function troubleWords(error: unknown, path: string): Message {
	// Which of the two it is, nothing vouches for.
	if (isAppError(error, 'vault-replaced'))
		return {
			text: `${path} has been given a new key, or another vault has taken its place.`,
			hint: 'Unlock it with the passphrase that it has now.',
			tone: 'warn',
		};
	const words = wordsFor(error);
	const hint = isAppError(error) ? hints[error.code] : undefined;
	return hint === undefined ? words : {...words, hint};
}
