import type {Scope} from '../keymap.ts';

/**
 * Scopes whose every action can be active together, so that no two of them may have the same key;
 * test/ui/conflicts.test.tsx watches what really is.
 */
export const coexistingScopes: readonly (readonly Scope[])[] = [
	['list', 'health', 'frame'],
	['list', 'keyList', 'key', 'frame'],
	['list', 'keyList', 'key', 'filteredList', 'frame'],
	['list', 'keyList', 'key', 'markedKeys', 'frame'],
	['list', 'emptyVault', 'frame'],
	['list', 'activity', 'frame'],
	['list', 'adopt', 'frame'],
	['list', 'settings', 'frame'],
	['settingValue', 'frame'],
	['list', 'keyBindings', 'filteredList', 'frame'],
	['keyRecorder', 'frame'],
	['filter', 'frame'],
	['list', 'key', 'keyDetail', 'frame'],
	['form', 'frame'],
	['form', 'pasteCredential', 'frame'],
	['checkboxes', 'frame'],
	['choice', 'frame'],
	['unlock', 'vaultMissing', 'frame'],
	['autoUnlock', 'frame'],
	['unlock', 'busy', 'frame'],
	['list', 'olderVault', 'frame'],
	['list', 'restoreReview', 'frame'],
	['recoveryKey', 'frame'],
	['list', 'saveReview', 'frame'],
	['list', 'createReview', 'frame'],
	['list', 'pageReview', 'frame'],
	['list', 'createdKey', 'frame'],
	['list', 'copy', 'frame'],
	['list', 'test', 'frame'],
	['list', 'incident', 'frame'],
	['list', 'testAll', 'busy'],
	['list', 'testAll', 'frame'],
	['list', 'importReview', 'frame'],
	['list', 'imported', 'frame'],
	['list', 'otherSites', 'frame'],
	['palette', 'frame'],
	['list', 'busy', 'frame'],
	['confirm', 'frame'],
	['confirm', 'confirmFreeze', 'frame'],
	['confirmByName', 'frame'],
	['list', 'help', 'frame'],
];

/** Scopes that are active while text is typed, where a letter or a key that edits never reaches an action. */
export const typingScopes: ReadonlySet<Scope> = new Set<Scope>([
	'filter',
	'settingValue',
	'keyRecorder',
	'form',
	'unlock',
	'autoUnlock',
	'vaultMissing',
	'palette',
	'pasteCredential',
	'confirmByName',
]);
