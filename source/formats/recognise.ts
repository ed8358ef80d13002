import {suggestedCommand} from '../core/invocation.ts';
import {t} from '../language/translate.ts';
import {formatNames, formats, type FormatName} from './index.ts';
import {otherFiles} from './other-files.ts';
import type {Source} from './source.ts';

/** `looksLike` continues a sentence that begins with a name. */
export type Lookalike = {readonly looksLike: string; readonly fix: string};

/** The format of a text; undefined for an unknown one. */
export function formatOf(source: Source): FormatName | undefined {
	return formatNames.find(name => formats[name].looksLike(source));
}

/** Names what a text is that holds no keys at all, or hides them; undefined for others. Quotes nothing of it. */
export function withoutKeys(source: Source): Lookalike | undefined {
	const other = otherFiles.find(({isIt}) => isIt(source));
	return other && {looksLike: other.looksLike(), fix: other.fix()};
}

/** Names what another kind of text is; undefined for an unknown one. Quotes nothing of it. */
export function lookalikeOf(source: Source): Lookalike | undefined {
	const format = formatOf(source);
	return (
		withoutKeys(source) ??
		(format && {
			looksLike: t`looks like ${formats[format].about()}`,
			fix: t`Take its keys with ${suggestedCommand('import', 'FILE')}.`,
		})
	);
}
