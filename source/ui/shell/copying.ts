import {useEffect, useSyncExternalStore} from 'react';
import type {ClipboardHold} from '../../actions/clipboard-hold.ts';
import {copyLabel, copyText, isSecretField, type CopyField} from '../../actions/copy.ts';
import {noteUses} from '../../actions/uses.ts';
import type {StoredKey} from '../../core/key/key.ts';
import type {Secret} from '../../core/secret.ts';
import {clipboardWords} from '../../core/terminal/clipboard-words.ts';
import type {Vault} from '../../vault/vault.ts';
import {t} from '../../language/translate.ts';
import {useShell, type StatusMessage} from './shell.ts';

export type Copying = {
	/** Copies a part of a key, says where it went, and notes a secret with the key; false when nothing was copied. */
	readonly copyPart: (key: StoredKey, field: CopyField) => boolean;
	/** Copies a secret that no key has yet. */
	readonly copySecret: (label: string, secret: Secret) => void;
	/** Copies a text without secrets. */
	readonly copyPlain: (label: string, text: string) => void;
};

export function useCopying(): Copying {
	const {context, clipboard, notify, notifyError, runCritical} = useShell();
	const holdMs = context.settings.get('clipboard-time');
	const copy = (label: string, text: () => string, isSecret: boolean): boolean => {
		try {
			const ways = clipboard.put(text(), isSecret ? holdMs : undefined);
			notify(wordsOf(label, clipboardWords(ways), isSecret ? holdMs : undefined));
			return true;
		} catch (error) {
			notifyError(error);
			return false;
		}
	};
	return {
		copyPart(key, field) {
			const isSecret = isSecretField(field);
			if (!copy(copyLabel(field), () => copyText(context, key, field), isSecret)) return false;
			if (isSecret) runCritical(async () => noteUses(context, [key], 'copy', field)).catch(notifyError);
			return true;
		},
		copySecret(label, secret) {
			copy(label, () => secret.reveal(), true);
		},
		copyPlain(label, text) {
			copy(label, () => text, false);
		},
	};
}

function wordsOf(label: string, where: string, holdMs: number | undefined): StatusMessage {
	return {
		text: holdMs === undefined ? t`${label}: ${where}.` : t`${label}: ${where}; cleared in ${holdMs / 1000} s.`,
		hint: t`If nothing pastes, your terminal does not take it (OSC 52).`,
		tone: 'good',
	};
}

/** Clears what is held on the clipboard when the vault is locked, and when the screen ends. */
export function useClearing(clipboard: ClipboardHold, vault: Vault): void {
	useEffect(() => {
		const unsubscribe = vault.subscribe(() => {
			if (!vault.isOpen()) clipboard.clear();
		});
		return () => {
			unsubscribe();
			clipboard.clear();
		};
	}, [clipboard, vault]);
}

/** Whether something of ours is on the clipboard that is still to be cleared. */
export function useIsHeld(clipboard: ClipboardHold): boolean {
	return useSyncExternalStore(
		listener => clipboard.subscribe(listener),
		() => clipboard.msLeft() !== undefined,
	);
}
