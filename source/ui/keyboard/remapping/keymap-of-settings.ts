import type {KeyBindings, Keymap} from '../../../core/settings/settings.ts';
import type {Problem} from '../../../core/problem.ts';
import {emptyLine, pressKey} from '../../../core/text/editing/line-editor.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {truncate} from '../../../core/text/width.ts';
import {shownKey} from '../key-names.ts';
import {titles} from '../keymap.ts';
import {actionNamed, keptKeys, remapped, scopes, usualBindings, type Bindings} from './remapped.ts';
import {coexistingScopes, typingScopes} from './coexisting-scopes.ts';
import {keyOfWord, writtenKey} from './written-keys.ts';
import {t} from '../../../language/translate.ts';

/** Keys that are hit by habit. */
const easilyHit: ReadonlySet<string> = new Set(['return', ' ', 'tab']);
/** Actions that take a secret away that is shown only once. */
const shownOnce: ReadonlySet<string> = new Set(['recoveryKey.written', 'createdKey.saved']);

type Collision = {readonly key: string; readonly names: readonly [string, string]};

/** The keymap for settings, which name keys by words such as `ctrl+x`. */
export const keymapOfSettings: Keymap = {
	actions: () =>
		scopes.flatMap(scope =>
			Object.entries(usualBindings[scope]).map(([action, {keys, label, about}]) => ({
				name: `${scope}.${action}`,
				scope: titles[scope](),
				about: (about ?? label)(),
				usual: keys.map(key => writtenKey(key)),
			})),
		),
	keyNamed(word) {
		const key = keyOfWord(word);
		return key === undefined ? undefined : writtenKey(key);
	},
	check(bindings) {
		const problems: (Problem & {readonly action: string})[] = [];
		const used: Record<string, readonly string[]> = {};
		for (const [action, words] of Object.entries(bindings)) {
			const problem = problemOf(action, words);
			if (problem) problems.push({action, ...problem});
			else used[action] = words;
		}

		for (let found = firstCollision(used); found; found = firstCollision(used)) {
			const order = Object.keys(used);
			// Of two changed actions, the one that was changed last gives way.
			const [action, other] = found.names.toSorted((one, another) => order.indexOf(another) - order.indexOf(one));
			problems.push({action: action!, ...collisionWords(found.key, action!, other!)});
			delete used[action!];
		}

		return {used, problems};
	},
};

/** Why keys cannot be those of an action, whatever other actions have. */
function problemOf(name: string, words: readonly string[]): Problem | undefined {
	const shownName = truncate(sanitize(name.slice(0, 100)), 40);
	const known = actionNamed(name);
	if (!known)
		return {
			problem: t`The settings bind keys to ${shownName}, which is no action of this version.`,
			fix: t`docs/keys.md lists the names of all actions.`,
		};
	if (words.length === 0)
		return {problem: t`${shownName} would have no key.`, fix: t`Give it one, such as f or ctrl+f.`};
	for (const word of words) {
		const key = keyOfWord(word);
		if (key === undefined)
			return {
				problem: t`“${truncate(sanitize(word.slice(0, 100)), 20)}” is no key that a terminal sends.`,
				fix: t`Write a key as x, X, ?, space, enter, tab, up, pageup, f5, ctrl+x, alt+x or shift+tab.`,
			};
		const problem = problemOfKey(known, key, name);
		if (problem) return problem;
	}

	return undefined;
}

function problemOfKey(
	{scope, binding}: NonNullable<ReturnType<typeof actionNamed>>,
	key: string,
	name: string,
): Problem | undefined {
	const isKept = binding.keys.includes(key);
	if (keptKeys.has(key) && !isKept)
		return {
			problem: t`${shownKey(key)} cannot be bound to ${name}: it is always the way back or out.`,
			fix: t`Choose another key.`,
		};
	if (typingScopes.has(scope) && pressKey(emptyLine, key) !== undefined)
		return {
			problem: t`${shownKey(key)} cannot be bound to ${name}: text is typed there, and the key is part of that.`,
			fix: t`Choose a key such as ctrl+x or pagedown.`,
		};
	const isGrave = binding.dangerous !== undefined || binding.keys.includes('y') || shownOnce.has(name);
	if (isGrave && easilyHit.has(key))
		return {
			problem: t`${shownKey(key)} cannot be bound to ${name}: it is too easily pressed by mistake.`,
			fix: t`Choose a letter, or one with ctrl.`,
		};
	return undefined;
}

function collisionWords(key: string, action: string, other: string): Problem {
	return {
		problem: t`${shownKey(key)} is a key of ${other}, which is active at the same time, so ${action} cannot have it.`,
		fix: t`Choose another key for one of the two.`,
	};
}

let usualCollisions: ReadonlySet<string> | undefined;

/** A key that two actions would share although they do not usually; at least one of them is in `bindings`. */
function firstCollision(bindings: KeyBindings): Collision | undefined {
	if (Object.keys(bindings).length === 0) return undefined;
	usualCollisions ??= new Set(collisionsIn(usualBindings).map(one => idOf(one)));
	return collisionsIn(remapped(bindings)).find(one => !usualCollisions!.has(idOf(one)));
}

function idOf({key, names}: Collision): string {
	return [key, ...names.toSorted()].join(' ');
}

function collisionsIn(all: Bindings): Collision[] {
	return coexistingScopes.flatMap(set => {
		const uses = set.flatMap(scope =>
			Object.entries(all[scope]).flatMap(([action, {keys}]) => keys.map(key => ({key, name: `${scope}.${action}`}))),
		);
		return [...Map.groupBy(uses, ({key}) => key)].flatMap(([key, sharing]) =>
			sharing.flatMap(({name}, index) =>
				sharing.slice(index + 1).map(({name: other}): Collision => ({key, names: [name, other]})),
			),
		);
	});
}
