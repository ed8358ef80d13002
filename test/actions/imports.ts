import type {ImportOptions} from '../../source/actions/import.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import type {ImportEntry} from '../../source/formats/format.ts';
import {json} from '../../source/formats/json.ts';
import {sourceOf} from '../../source/formats/source.ts';

export const untested: ImportOptions = {test: false};

let made = 0;

/** An entry of a file, with a credential of its own. */
export function foreign(name: string, wanted: Record<string, unknown> = {}): Record<string, unknown> {
	made++;
	const digits = String(made).padStart(12, '0');
	return {
		name,
		site: 'sandbox',
		apiKey: `7e5f0a11-2b3c-4d5e-8f90-${digits}`,
		secretKey: `9F86D081884C7D659A2F${digits}`,
		passphrase: `Passphrase-${made}`,
		...wanted,
	};
}

export function entriesOf(...values: readonly unknown[]): readonly ImportEntry[] {
	return json.parse(sourceOf(JSON.stringify(values), 'keys.json'));
}

export function names({vault}: {readonly vault: {read(): {readonly keys: readonly StoredKey[]}}}): string[] {
	return vault.read().keys.map(({name}) => name);
}
