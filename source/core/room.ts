import type {Problem} from './problem.ts';
import {t} from '../language/translate.ts';

export function storedBytes(text: string): number {
	return new TextEncoder().encode(JSON.stringify(text)).length;
}

/** `room` is in bytes. */
export function descriptionRoomProblem(description: string, room: number): Problem | undefined {
	// A UTF-16 unit takes at most six bytes, as `\u0000` does, so most descriptions need no measuring.
	if (description.length * 6 + 2 <= room) return undefined;
	const excess = storedBytes(description) - Math.max(0, room);
	return excess <= 0
		? undefined
		: {
				problem: t`The description is ${excess.toLocaleString('en')} ${excess === 1 ? t`byte` : t`bytes`} longer than
					the vault has room for.`,
				fix: t`Shorten it, or use another vault.`,
			};
}
