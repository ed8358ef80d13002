import {randomBytes} from 'node:crypto';
import {seal} from '../../source/vault/format/seal.ts';
import {newSlot} from '../../source/vault/slots/slots.ts';

const dek = randomBytes(32);
const vaultId = randomBytes(16).toString('base64');
const {slot} = await newSlot({type: 'recovery'}, {dek, vaultId, cost: {m: 0, t: 0, p: 0}, random: randomBytes});

/** Bytes that a store may be asked to hold; never the same twice. */
export function sealed(): Buffer {
	return seal(Buffer.from('{"keys":[]}'), dek, {vaultId, rev: 1, slots: [slot]}, randomBytes);
}
