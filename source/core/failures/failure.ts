import type {Exit} from '../exit-status.ts';

export type Failure = {readonly exit: Exit; readonly sentence: string; readonly hint?: string};

export type Failures = Readonly<Record<string, (details: never) => Failure>>;
