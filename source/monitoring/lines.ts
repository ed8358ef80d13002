import type {Checked, CheckFinding} from '../actions/check.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {exitOfStatus, exits, type Exit} from '../core/exit-status.ts';
import {t} from '../language/translate.ts';

/** Failures of a host, the network or this machine rather than of a key. */
const shared: ReadonlySet<Exit> = new Set(['clockSkew', 'network', 'exchangeDown', 'rateLimited']);

type Line = {readonly code: number; readonly text: string; readonly host: string; readonly names: string[]};

/** One line per finding, the worst first; a failure that the keys of one host share is one line that names them. */
export function lines(checked: readonly Checked[]): string[] {
	const found = new Map<string, Line>();
	for (const [index, {key, result, findings}] of checked.entries()) {
		for (const {code, text} of findings) {
			const group = groupOf(code, text, shared.has(exitOfStatus(code)) ? result.host : String(index));
			const line = found.get(group) ?? {code, text, host: result.host, names: []};
			found.set(group, line);
			line.names.push(sanitize(key.name));
		}
	}

	return [...found.values()]
		.toSorted((left, right) => left.code - right.code)
		.map(({code, text, host, names}) => {
			const whose = names.length === 1 ? names[0]! : t`${names.length} keys at ${sanitize(host)} (${names.join(', ')})`;
			return `${whose}: ${exits[exitOfStatus(code)].means()}: ${sanitize(text)} (${code})`;
		});
}

/** The clock is measured repeatedly, so one more second of skew is not another failure. */
function groupOf(code: number, text: string, whose: string): string {
	return `${whose} ${code} ${code === exits.clockSkew.status ? '' : text}`;
}

export function findingJson({code, text}: CheckFinding) {
	return {code, text};
}
