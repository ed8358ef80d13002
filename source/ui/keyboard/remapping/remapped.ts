import type {KeyBindings} from '../../../core/settings/settings.ts';
import {keymap, type Binding, type Scope} from '../keymap.ts';
import {keyOfWord} from './written-keys.ts';

export type Bindings = Readonly<Record<Scope, Readonly<Record<string, Binding>>>>;

/** Stay with the actions that have them, so that there is always a way back and a way out. */
export const keptKeys: ReadonlySet<string> = new Set(['escape', 'ctrl+c']);

export const usualBindings: Bindings = keymap;

export const scopes = Object.keys(keymap) as Scope[];

/** The scope and the action of a name such as `key.test`; undefined where there is no such action. */
export function actionNamed(
	name: string,
): {readonly scope: Scope; readonly action: string; readonly binding: Binding} | undefined {
	const [word = '', action = ''] = name.split('.');
	const scope = scopes.find(one => one === word);
	if (scope === undefined || name !== `${scope}.${action}` || !Object.hasOwn(usualBindings[scope], action))
		return undefined;
	return {scope, action, binding: usualBindings[scope][action]!};
}

/** The keymap with other keys, by written names; what names no action or no key is passed over. */
export function remapped(bindings: KeyBindings): Bindings {
	const changes = Object.entries(bindings);
	if (changes.length === 0) return usualBindings;
	const all: Record<string, Readonly<Record<string, Binding>>> = {...usualBindings};
	for (const [name, words] of changes) {
		const known = actionNamed(name);
		if (!known) continue;
		const {scope, action, binding} = known;
		const wanted = words.flatMap(word => keyOfWord(word) ?? []);
		const keys = [...new Set([...wanted, ...binding.keys.filter(key => keptKeys.has(key))])];
		const [first, ...rest] = wanted.length === 0 ? binding.keys : keys;
		all[scope] = {...all[scope], [action]: {...binding, keys: [first, ...rest]}};
	}

	return all as Bindings;
}
