import {resolve} from 'node:path';
import {baseOf, type ProcessEnvironment} from '../../files/home.ts';
import {fileStoreAt} from './file.ts';
import type {SealedStore} from './store.ts';

type StoreOptions = {
	readonly environment: ProcessEnvironment;
	/** ms since 1970. */
	readonly clock: () => number;
};

/** Chooses the kind of store by the place that --vault names. Every place is a file so far. */
export function storeAt(place: string, {environment, clock}: StoreOptions): SealedStore {
	const path = resolve(place);
	return fileStoreAt({path, base: baseOf(path, environment), clock});
}
