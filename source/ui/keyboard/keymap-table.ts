import {bindingsOf} from './bindings.ts';
import {shownKey} from './key-names.ts';
import {keymap, titles, type Scope} from './keymap.ts';
import {t} from '../../language/translate.ts';

/** Every key of the program as a Markdown table for the README; it needs no screen. */
export function keymapTable(): string {
	const scopes = Object.keys(keymap) as Scope[];
	const rows = scopes.flatMap(scope =>
		Object.values(bindingsOf(scope)).map(({keys, label, about}) => {
			const shown = keys.map(key => `\`${shownKey(key).replaceAll('|', '\\|')}\``).join(' ');
			return `| ${titles[scope]()} | ${shown} | ${(about ?? label)()} |`;
		}),
	);
	return [t`| where | keys | what they do |`, '| --- | --- | --- |', ...rows].join('\n');
}
