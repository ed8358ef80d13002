import {sshString} from '../vault/slots/ssh-slot.ts';

/** Fields in their order (RFC 4251 §5), as views of `bytes`, not copies. */
export type Fields = {
	readonly byte: () => number;
	readonly uint32: () => number;
	readonly string: () => Buffer;
	readonly end: () => void;
};

/** Every method throws `RangeError` beyond the end; `end` does before it. */
export function fieldsOf(bytes: Buffer): Fields {
	let at = 0;
	function take(length: number): Buffer {
		if (length > bytes.length - at) throw new RangeError('A field is cut short.');
		at += length;
		return bytes.subarray(at - length, at);
	}

	const uint32 = () => take(4).readUInt32BE();
	return {
		byte: () => take(1)[0]!,
		uint32,
		string: () => take(uint32()),
		end() {
			if (at < bytes.length) throw new RangeError('There is more than was announced.');
		},
	};
}

export function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

export function message(type: number, ...fields: readonly Uint8Array[]): Buffer {
	return sshString(Buffer.concat([Buffer.of(type), ...fields]));
}
