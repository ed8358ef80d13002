import type {Format} from './format.ts';
import {json} from './json.ts';

export const formats = {json} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as FormatName[];
