import type {WireFailure} from '../../core/failures/wire-failure.ts';
import {readJson} from '../../core/text/reading/read-json.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {truncate} from '../../core/text/width.ts';
import {isObject} from '../../core/is-object.ts';
import {t} from '../../language/translate.ts';

export type AnswerOutcome = {readonly data: unknown; readonly failure?: never} | {readonly failure: WireFailure};

/** `hide` removes credentials from a text, since a page may repeat what it was sent. */
export type Received = Pick<WireFailure, 'host' | 'httpStatus' | 'retryAfterMs'> & {
	readonly hide: (text: string) => string;
};

/** Bytes after decompression; no answer that we ask for comes near it. */
const mostBytes = 1_048_576;
const mostOfPage = 16_384;
const mostWords = 1000;

/** Decodes a body as UTF-8; undefined once it exceeds `mostBytes`. An abort ends the connection. */
export async function readBody(
	body: ReadableStream<Uint8Array> | null,
	signal: AbortSignal,
): Promise<string | undefined> {
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

/** A code may come as text or as a number (docs/okx-api.md §1.6). */
function exchangeCodeOf(value: unknown): string | undefined {
	const code = typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, mostWords) : '';
	return code === '' ? undefined : code;
}

function firstWords(page: string): string {
	const beginning = page.slice(0, mostOfPage);
	const title = /<title[^>]*>([^<]*)/i.exec(beginning)?.[1];
	return title ?? beginning.replaceAll(/<(script|style)\b.*?<\/\1>/gis, ' ').replaceAll(/<[^>]*>?/g, ' ');
}

const wordsIn = [
	'msg',
	'message',
	'error_message',
	'error_description',
	'error',
	'detailMsg',
	'detail',
	'reason',
	'title',
] as const;

function messageOf(answer: unknown, depth = 0): string | undefined {
	if (typeof answer === 'string') return answer.trim() === '' ? undefined : answer;
	if (!isObject(answer) || depth > 1) return undefined;
	return wordsIn.map(name => messageOf(answer[name], depth + 1)).find(words => words !== undefined);
}

/**
 * Reads an answer of any shape in docs/okx-api.md §1.6. Its code decides, not its HTTP status or message; a failed
 * item decides before the whole.
 */
export function readEnvelope(body: string, {hide, ...received}: Received): AnswerOutcome {
	// Hidden before it is cut: half a secret would not be found.
	const shown = (words: string, columns: number) =>
		truncate(sanitize(hide(words).slice(0, mostOfPage).replaceAll(/\s+/g, ' ').trim().slice(0, mostWords)), columns);
	const failed = (kind: WireFailure['kind'], message?: string): AnswerOutcome => ({
		failure: {...received, kind, ...(message !== undefined && {message})},
	});
	const {httpStatus = 0} = received;
	if (body.trim() === '') return failed('empty');
	const {value: envelope, problem} = readJson(body);
	if (problem !== undefined) {
		if (body.trimStart().startsWith('<')) return failed('web-page', shown(firstWords(hide(body)), 80));
		return httpStatus >= 500
			? failed('uncoded', shown(body, 200))
			: failed('garbage', t`it ${problem.replace(/: .*/, '')}`);
	}

	const code = isObject(envelope)
		? (exchangeCodeOf(envelope['code']) ?? exchangeCodeOf(envelope['error_code']))
		: undefined;
	if (!isObject(envelope) || code === undefined)
		return httpStatus >= 400
			? failed('uncoded', shown(messageOf(envelope) ?? body, 200))
			: failed('garbage', t`it has no code`);
	const {data} = envelope;
	const failedItem = Array.isArray(data)
		? (data.find(item => isObject(item) && !['0', undefined].includes(exchangeCodeOf(item['sCode']))) as
				| Readonly<Record<string, unknown>>
				| undefined)
		: undefined;
	if (code === '0' && !failedItem) return {data};
	const words = messageOf(failedItem?.['sMsg']) ?? messageOf(envelope);
	return {
		failure: {
			...received,
			kind: 'code',
			exchangeCode: shown(exchangeCodeOf(failedItem?.['sCode']) ?? code, 20),
			...(words !== undefined && {message: shown(words, 200)}),
		},
	};
}
