import {shownKey} from './key-names.ts';
import {titles} from './keymap.ts';
import {scopes, usualBindings} from './remapping/remapped.ts';
import {t} from '../../language/translate.ts';

/** Every key of the program as a Markdown table for the README; it needs no screen. */
export function keymapTable(): string {
	const rows = scopes.flatMap(scope =>
		Object.entries(usualBindings[scope]).map(([action, {keys, label, about}]) => {
			const shown = keys.map(key => `\`${shownKey(key).replaceAll('|', '\\|')}\``).join(' ');
			return `| ${titles[scope]()} | ${shown} | ${(about ?? label)()} | \`${scope}.${action}\` |`;
		}),
	);
	return [t`| where | keys | what they do | action |`, '| --- | --- | --- | --- |', ...rows].join('\n');
}
