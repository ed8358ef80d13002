import type {Problem} from './problem.ts';

/** Bytes that a text takes in a vault, which holds it as JSON. */
export function storedBytes(text: string): number {
	return new TextEncoder().encode(JSON.stringify(text)).length;
}

/** Why a vault that has room for so many bytes cannot hold a description. */
export function descriptionRoomProblem(description: string, room: number): Problem | undefined {
	// No unit of a text takes more than six bytes, as `\u0000` does, so that most are not measured at all.
	if (description.length * 6 + 2 <= room) return undefined;
	const excess = storedBytes(description) - Math.max(0, room);
	return excess <= 0
		? undefined
		: {
				problem: `The description is ${excess.toLocaleString('en')} ${excess === 1 ? 'byte' : 'bytes'} longer than the vault has room for.`,
				fix: 'Shorten it, or use another vault.',
			};
}
