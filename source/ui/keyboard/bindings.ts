import type {KeyBindings} from '../../core/settings/settings.ts';
import {shownKey} from './key-names.ts';
import type {ActionOf, Binding, Scope} from './keymap.ts';
import {remapped, usualBindings} from './remapping/remapped.ts';
import {t} from '../../language/translate.ts';

let current = usualBindings;

/** Replaces the usual keys of these actions from now on; `{}` brings all usual keys back. */
export function bindKeys(bindings: KeyBindings): void {
	current = remapped(bindings);
}

export function bindingsOf(scope: Scope): Readonly<Record<string, Binding>> {
	return current[scope];
}

/** The first key of an action, as it is shown. */
export function shownKeyOf<S extends Scope>(scope: S, action: ActionOf<S>): string {
	return shownKey(bindingsOf(scope)[action]!.keys[0]);
}

/** The keys that answer a question, where no is the default. */
export function yesOrNo(): string {
	const [no, ...others] = bindingsOf('confirm')['no']!.keys.map(key => shownKey(key));
	const yes = shownKeyOf('confirm', 'yes');
	return others.length === 0 ? t`${yes} yes  ·  ${no!} no` : t`${yes} yes  ·  ${no!} no (${others.join(', ')})`;
}

export function actionFor<S extends Scope>(scope: S, name: string): ActionOf<S> | undefined {
	return Object.entries(bindingsOf(scope)).find(([, {keys}]) => keys.includes(name))?.[0] as ActionOf<S> | undefined;
}
