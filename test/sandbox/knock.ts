import {request as httpRequest} from 'node:http';
import {signedHeaders} from '../../source/exchange/sign.ts';
import type {Credential, Environment} from '../../source/core/key/key.ts';

export type Knock = {
	readonly method?: string;
	readonly path: string;
	readonly body?: string;
	/** Set last, over everything; undefined takes a header away. */
	readonly headers?: Readonly<Record<string, string | undefined>>;
	/** The key that signed the request; none without one. */
	readonly as?: Credential;
	readonly environment?: Environment;
	readonly now?: number;
	/** What is signed in place of what is sent. */
	readonly signed?: {readonly method?: string; readonly path?: string; readonly body?: string};
	/** The address that the connection comes from, among those of this machine. */
	readonly from?: string;
};

export type Answer = {
	readonly status: number;
	readonly body: Readonly<Record<string, unknown>>;
	readonly headers: NodeJS.Dict<string | string[]>;
};

/** Sends any request at all, well-formed or not, as a client that is not ours. */
export async function knock(
	baseUrl: URL,
	{method = 'GET', path, body = '', headers = {}, as, environment = 'live', now = Date.now(), signed = {}, from}: Knock,
): Promise<Answer> {
	const all: Record<string, string | undefined> = {
		...(body !== '' && {'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body))}),
		...(as && signedHeaders({method, path, body, now, environment, ...signed}, as)),
		...headers,
	};
	const sent = Object.fromEntries(
		Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
	return new Promise((resolve, reject) => {
		const request = httpRequest(
			{
				host: baseUrl.hostname,
				port: baseUrl.port,
				method,
				path,
				headers: sent,
				agent: false,
				...(from !== undefined && {localAddress: from}),
			},
			response => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => {
					const text = Buffer.concat(chunks).toString();
					resolve({
						status: response.statusCode!,
						headers: response.headers,
						body: (text.startsWith('{') ? JSON.parse(text) : {text}) as Answer['body'],
					});
				});
				response.on('error', reject);
			},
		);
		request.on('error', reject);
		request.end(body);
	});
}
