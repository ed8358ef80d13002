import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {fileLimits} from '../formats/format.ts';
import {t} from '../language/translate.ts';
import {formats, type FormatName} from '../formats/index.ts';
import type {Context} from './context.ts';
import {keyByName, liveKeys} from './keys.ts';

/**
 * With `all`, every finished key in use. Throws `no-such-key`, or `creation-unfinished` for a key whose creation
 * was cut off.
 */
export function keysToExport({vault}: Context, wanted: readonly string[] | 'all'): readonly StoredKey[] {
	const content = vault.read();
	return wanted === 'all' ? liveKeys(content) : [...new Set(wanted)].map(name => keyByName(content, name));
}

/**
 * The plain content never leaves this function. Throws `too-much-to-export` for more than `importKeys` would take
 * back.
 */
export async function exportKeys(
	keys: readonly StoredKey[],
	format: FormatName,
	seal: (content: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
	const {print} = formats[format];
	if (!print) throw new AppError('usage', {problem: t`Keys can be read from ${format}, but not written as it.`});
	const content = Buffer.from(print(keys));
	try {
		if (keys.length > fileLimits.keys || content.length > fileLimits.bytes)
			throw new AppError('too-much-to-export', {
				keys: keys.length,
				most: t`${fileLimits.keys} keys and ${fileLimits.bytes / 1024 / 1024} MiB`,
			});
		return await seal(content);
	} finally {
		content.fill(0);
	}
}
