import type {KeyBindings} from '../../core/settings/settings.ts';
import type {ActionOf, Binding, Scope} from './keymap.ts';
import {remapped, usualBindings} from './remapping/remapped.ts';

let current = usualBindings;

/** Replaces the usual keys of these actions from now on; `{}` brings all usual keys back. */
export function bindKeys(bindings: KeyBindings): void {
	current = remapped(bindings);
}

export function bindingsOf(scope: Scope): Readonly<Record<string, Binding>> {
	return current[scope];
}

export function actionFor<S extends Scope>(scope: S, name: string): ActionOf<S> | undefined {
	return Object.entries(bindingsOf(scope)).find(([, {keys}]) => keys.includes(name))?.[0] as ActionOf<S> | undefined;
}
