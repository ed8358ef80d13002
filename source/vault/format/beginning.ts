export const format = 'okx-keys-vault';
export const version = 1;

export const beforeHeader = `{\n\t"format": "${format}",\n\t"version": ${version},\n\t"header": "`;
export const beforeMac = '",\n\t"mac": "';

/** The most bytes of a file that its header ends within, for as many slots as there may be. */
export const longestBeginning = 32 * 1024;

/** The kinds of slots that a vault begins with, unproved; undefined for what does not begin as a vault. */
export function slotTypesIn(beginning: Buffer): readonly unknown[] | undefined {
	const text = beginning.toString('latin1');
	const end = text.indexOf(beforeMac);
	if (!text.startsWith(beforeHeader) || end === -1) return undefined;
	try {
		const header = JSON.parse(Buffer.from(text.slice(beforeHeader.length, end), 'base64').toString('latin1')) as {
			readonly slots: readonly {readonly type: unknown}[];
		};
		return header.slots.map(({type}) => type);
	} catch {
		return undefined;
	}
}
