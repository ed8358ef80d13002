import {msg, t} from '../../language/translate.ts';
import type {Format, ImportEntry} from '../format.ts';
import {has, listOf, memberOf, type Source} from '../source.ts';
import {readYaml} from '../text-formats.ts';
import {keysInVariables} from '../variables.ts';
import {shownName} from '../entry.ts';

const isSecret = (value: unknown) => memberOf(value, 'kind') === 'Secret' && has(value, 'apiVersion');

async function secretsIn(source: Source): Promise<readonly unknown[]> {
	const {value} = source.json();
	const documents = value === undefined ? await readYaml(source) : [value];
	return documents
		.flatMap(one => [one, listOf(memberOf(one, 'items')).map(([, item]) => item)].flat())
		.filter(one => isSecret(one));
}

/** Undefined for what is not base64 of UTF-8 text. */
function decoded(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	try {
		const bytes = Buffer.from(value, 'base64');
		if (bytes.toString('base64').replaceAll('=', '') !== value.replaceAll(/[\s=]/g, '')) return undefined;
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		return undefined;
	}
}

function keysOf(secret: unknown, fallback: string): readonly ImportEntry[] {
	const named = memberOf(memberOf(secret, 'metadata'), 'name');
	const name = typeof named === 'string' && named !== '' ? named : fallback;
	const data = listOf(memberOf(secret, 'data')).map(([key, value]) => [key, decoded(value)] as const);
	const wrong = data.find(([, text]) => text === undefined);
	if (wrong) {
		const problem = t`Its member data.${shownName(wrong[0])} is not base64 of a text.`;
		return [{name: shownName(name), problem: {problem, fix: t`Give its values in clear under stringData.`}}];
	}

	// Kubernetes lets the text in clear win.
	return keysInVariables(Object.fromEntries([...data, ...listOf(memberOf(secret, 'stringData'))]), name);
}

export const kubernetes: Format = {
	about: msg`a Kubernetes Secret`,
	extension: '.yaml',
	isLossy: true,
	looksLike: ({json, beginning}) => isSecret(json().value) || /^[ -]*kind:\s*["']?Secret\b/m.test(beginning),
	async parse(source) {
		return (await secretsIn(source)).flatMap(secret => keysOf(secret, source.name));
	},
};
