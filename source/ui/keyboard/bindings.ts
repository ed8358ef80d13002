import {keymap, type ActionOf, type Binding, type Scope} from './keymap.ts';

export function bindingsOf(scope: Scope): Readonly<Record<string, Binding>> {
	return keymap[scope];
}

export function actionFor<S extends Scope>(scope: S, name: string): ActionOf<S> | undefined {
	return Object.entries(bindingsOf(scope)).find(([, {keys}]) => keys.includes(name))?.[0] as ActionOf<S> | undefined;
}
