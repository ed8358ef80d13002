import {execFileSync, spawnSync} from 'node:child_process';
import type {Home} from './program.ts';

/** Debian's age, which .ci/run installs, is the other side of every journey of an age file. */
export const hasAge = spawnSync('age', ['--version']).status === 0;

/** What an export tells of a key. */
export type Exported = {
	readonly name: string;
	readonly apiKey: string;
	readonly secretKey: string;
	readonly passphrase: string;
	readonly permissions: readonly string[];
	readonly tags: readonly string[];
};

/** A new identity of age, in a file; gives its recipient. */
export function keygen(home: Home, name: string): string {
	return /(age1\S+)/.exec(spawnSync('age-keygen', ['-o', home.file(name)], {encoding: 'utf8'}).stderr)![1]!;
}

export function decrypt(home: Home, name: string, identity = 'id.txt'): string {
	return execFileSync('age', ['-d', '-i', home.file(identity), home.file(name)], {encoding: 'utf8'});
}

export function keysIn(home: Home, name: string): Exported[] {
	return JSON.parse(decrypt(home, name)) as Exported[];
}
