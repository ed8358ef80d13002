import type {WireFailure} from '../core/diagnosis.ts';
import {clean, truncate} from '../core/text.ts';

/** What came of one attempt: the envelope's `data`, still unread, or how it failed. */
export type Outcome = {readonly data: unknown; readonly failure?: never} | {readonly failure: WireFailure};

/** What is known of an answer beside its body. `hide` takes credentials out of a text, for a page may repeat what it was sent. */
export type Received = Pick<WireFailure, 'host' | 'httpStatus' | 'retryAfterMs'> & {readonly hide: (text: string) => string};

/** No answer that we ask for comes near this; bytes after decompression. */
const mostBytes = 1_048_576;

/** Reads a body as UTF-8, but gives it up (undefined) once it is larger than the exchange ever sends. An abort ends the connection. */
export async function readBody(body: ReadableStream<Uint8Array> | null, signal: AbortSignal): Promise<string | undefined> {
	const reader = body?.getReader();
	const stop = () => void reader?.cancel().catch(() => undefined);
	signal.addEventListener('abort', stop, {once: true});
	const chunks: Uint8Array[] = [];
	let size = 0;
	for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
		size += read.value.byteLength;
		if (size > mostBytes) {
			stop();
			return undefined;
		}

		chunks.push(read.value);
	}

	signal.throwIfAborted();
	return Buffer.concat(chunks).toString('utf8');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A code may come as text or as a number (okx/api.md §1.6). */
function codeOf(value: unknown): string | undefined {
	return typeof value === 'string' || typeof value === 'number' ? truncate(clean(String(value)), 20) : undefined;
}

/** The title of a web page, or else its first words. */
function firstWords(page: string): string {
	const title = /<title[^>]*>([^<]*)/i.exec(page)?.[1];
	return (title ?? page.replaceAll(/<(script|style)\b.*?<\/\1>/gis, ' ').replaceAll(/<[^>]*>?/g, ' ')).replaceAll(/\s+/g, ' ').trim();
}

/** Reads an answer of any of the shapes in okx/api.md §1.6. Its code decides, never its HTTP status or its words; a failed item decides before the whole. */
export function readEnvelope(body: string, {hide, ...received}: Received): Outcome {
	const shown = (words: string, columns: number) => truncate(clean(hide(words)), columns);
	if (body.trim() === '') return {failure: {...received, kind: 'empty'}};
	const garbage = (message: string): Outcome => ({failure: {...received, kind: 'garbage', message}});
	let envelope: unknown;
	try {
		envelope = JSON.parse(body);
	} catch {
		if (body.trimStart().startsWith('<')) return {failure: {...received, kind: 'web-page', message: shown(firstWords(body), 80)}};
		return garbage('it is not JSON');
	}

	const code = isObject(envelope) ? codeOf(envelope['code']) : undefined;
	if (!isObject(envelope) || code === undefined) return garbage('it has no code');
	const {data, msg} = envelope;
	const failedItem = Array.isArray(data) ? data.find(item => isObject(item) && !['0', undefined].includes(codeOf(item['sCode']))) as Readonly<Record<string, unknown>> | undefined : undefined;
	if (code === '0' && !failedItem) return {data};
	const words = failedItem?.['sMsg'] ?? msg;
	return {failure: {...received, kind: 'code', exchangeCode: codeOf(failedItem?.['sCode']) ?? code, ...(typeof words === 'string' && words !== '' && {message: shown(words, 200)})}};
}
