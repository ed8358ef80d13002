import type {Format} from './format.ts';
import {json} from './json.ts';

/** Every format, by the name that `--format` takes. A new one is a file and a line here. */
export const formats = {json} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as FormatName[];
