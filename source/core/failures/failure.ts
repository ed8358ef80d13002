import type {Exit} from '../exit-status.ts';

/** What an expected failure tells: its exit status, one sentence that says what is wrong, and what to do about it. */
export type Failure = {readonly exit: Exit; readonly sentence: string; readonly hint?: string};

/** A table of failures. A row is told the details, such as the name of a key, and puts them into its words. */
export type Failures = Readonly<Record<string, (details: never) => Failure>>;
