import {setTimeout as sleep} from 'node:timers/promises';
import type {Secret} from '../../source/core/secret.ts';
import {start} from '../vault/program.ts';
import {openable} from '../vault/world.ts';

export type Kills = {
	readonly kills: number;
	/** Saves that a program said were done before it was killed. */
	readonly confirmed: number;
	/** Kills after which a confirmed save was not there, or one that was never made was. */
	readonly lost: readonly string[];
};

/**
 * Kills programs at random moments while they save, two at a time so that one is often killed while the other waits
 * for its lock, and looks after each kill whether the vault holds what was confirmed. Throws when the vault, or one
 * of the earlier saves, does not open any more.
 */
export async function killWhileSaving(path: string, recoveryKey: Secret, kills: number): Promise<Kills> {
	const environment = {RECOVERY_KEY: recoveryKey.reveal()};
	const lost: string[] = [];
	let confirmed = 0;

	async function stored(side: string): Promise<number> {
		const vault = openable(path);
		await vault.unlock({recoveryKey});
		return Number(vault.read().keys.find(({id}) => id === side)?.description ?? 0);
	}

	async function rounds(side: string, count: number): Promise<void> {
		for (let round = 0; round < count; round++) {
			const before = await stored(side);
			const child = start(['count', path, side], {environment});
			await child.heard(1);
			// Some 10 to 20 saves, so that the moment falls anywhere in one; a save takes a few ms, at times much
			// longer.
			await sleep(60 * Math.random());
			child.kill();
			const {lines, signal, errors} = await child.ended;
			if (signal !== 'SIGKILL') throw new Error(`The program ended by itself: ${lines.join(' ')} ${errors}`);
			const said = Number(lines.slice(1).at(-1) ?? before);
			confirmed += said - before;
			const now = await stored(side);
			// One more than confirmed: killed between the save and the word.
			if (now !== said && now !== said + 1)
				lost.push(`round ${round}: ${side} had confirmed ${said} and the vault holds ${now}`);
		}
	}

	await Promise.all([rounds('a', Math.ceil(kills / 2)), rounds('b', Math.floor(kills / 2))]);
	return {kills, confirmed, lost};
}
