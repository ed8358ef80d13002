import type {InventoryEntry} from '../actions/inventory/inventory.ts';
import type {CopyField} from '../actions/copy.ts';
import type {Remedy} from '../actions/remedy.ts';
import type {VaultTrouble} from '../actions/vault-trouble.ts';
import type {UnlockMethod} from '../vault/vault.ts';
import type {ConfirmableAction} from './confirmations.ts';
import type {Scope} from './keyboard/keymap.ts';
import type {ReachableAction} from './keyboard/available-action.ts';

/**
 * Tried before the passphrase is asked for: the given unlock method, or else this program's agent and the ssh-agent.
 */
export type FirstTry = {readonly opener?: UnlockMethod | undefined};

export type Route =
	| {readonly screen: 'setup'; readonly hasEarlier?: boolean}
	| {readonly screen: 'unlock'; readonly first?: FirstTry | undefined; readonly trouble?: VaultTrouble}
	| {readonly screen: 'keys'; readonly filter?: string}
	| {readonly screen: 'key'; readonly id: string; readonly isRevealed?: boolean}
	| {readonly screen: 'history'; readonly id: string}
	| {readonly screen: 'activity'}
	| {readonly screen: 'health'}
	| {readonly screen: 'adopt'}
	| {readonly screen: 'adoptDelete'; readonly entries: readonly InventoryEntry[]}
	| {readonly screen: 'adoptImport'; readonly entry: InventoryEntry}
	| {readonly screen: 'adoptReview'; readonly entry: InventoryEntry; readonly how: 'accept' | 'enforce'}
	| {readonly screen: 'settings'}
	| {readonly screen: 'keyBindings'}
	| {readonly screen: 'create'}
	| {readonly screen: 'created'; readonly id: string}
	| {readonly screen: 'copy'; readonly id: string; readonly first?: CopyField}
	| {readonly screen: 'edit'; readonly id: string}
	| {readonly screen: 'permissions'; readonly id: string}
	| {readonly screen: 'rotation'; readonly id: string}
	| {readonly screen: 'replacement'; readonly id: string}
	| {readonly screen: 'test'; readonly id: string}
	| {readonly screen: 'remedy'; readonly id: string; readonly remedy: Remedy}
	| {readonly screen: 'sites'; readonly id: string}
	| {readonly screen: 'incident'; readonly id: string}
	| {readonly screen: 'testAll'; readonly ids?: readonly string[] | undefined}
	| {readonly screen: 'tags'; readonly ids: readonly string[]}
	| {readonly screen: 'addresses'; readonly ids: readonly string[]}
	| {readonly screen: 'removal'; readonly ids: readonly string[]}
	| {readonly screen: 'freezing'; readonly ids: readonly string[]}
	| {readonly screen: 'thawing'; readonly ids: readonly string[]}
	| {readonly screen: 'revocation'; readonly ids: readonly string[]}
	| {readonly screen: 'import'}
	| {readonly screen: 'palette'; readonly actions: readonly ReachableAction[]}
	| {
			readonly screen: 'confirm';
			readonly danger: ConfirmableAction;
			/** Opened after the act, in the place of what asks. */
			readonly opens?: Route | undefined;
	  }
	| {readonly screen: 'help'; readonly scopes: readonly Scope[]};

export type ScreenName = Route['screen'];

export type PropsOf<Name extends ScreenName> = Omit<Extract<Route, {readonly screen: Name}>, 'screen'>;
