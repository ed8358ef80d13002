import {width} from '../../core/text/width.ts';
import {symbols} from '../drawing/theme.ts';
import {msg} from '../../language/translate.ts';

const menu = [() => 'OKX', msg`API & Web Trading`, msg`API Keys Management`];

/** The menu of the exchange's website that the program stands for, then the titles of screens. */
export function crumbsOf(titles: readonly string[]): string[] {
	return [...menu.map(name => name()), ...titles.filter(title => title !== '')];
}

/** The breadcrumb in at most `columns`: the first crumbs go, the last one stays. */
export function shortenCrumbs(crumbs: readonly string[], columns: number): string {
	for (let first = 0; first < crumbs.length; first++) {
		const text = [...(first > 0 ? ['…'] : []), ...crumbs.slice(first)].join(` ${symbols.crumb} `);
		if (width(text) <= columns) return text;
	}

	return crumbs.at(-1) ?? '';
}
