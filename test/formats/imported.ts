import type {ImportEntry} from '../../source/formats/format.ts';
import {formats, type FormatName} from '../../source/formats/index.ts';
import {formatOf} from '../../source/formats/recognise.ts';
import {sourceOf} from '../../source/formats/source.ts';

export const secret = (end: string) => `9F86D081884C7D659A2FEAA0C55AD0${end}`;
export const apiKey = (end: string) => `0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1${end}`;
export const usual = 'Correct-Horse9!';

export async function parse(text: string, format?: FormatName): Promise<readonly ImportEntry[]> {
	const source = sourceOf(text, 'keys', 'fallback');
	return formats[format ?? formatOf(source)!].parse!(source);
}

export function said({name, key, problem, isElsewhere}: ImportEntry) {
	if (!key) return [name, isElsewhere ? 'elsewhere' : 'refused', problem.problem];
	const {credential, environment, site} = key;
	return [
		key.name,
		environment ?? '-',
		site ?? '-',
		credential.apiKey,
		credential.secretKey.reveal(),
		credential.passphrase.reveal(),
	];
}

export const three = (before: string, end: string, after = '') =>
	`${before}API_KEY${after}=${apiKey(end)}\n${before}SECRET_KEY${after}=${secret(end)}\n` +
	`${before}PASSPHRASE${after}=${usual}\n`;
