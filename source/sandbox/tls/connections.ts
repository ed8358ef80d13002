import type {IncomingMessage, Server, ServerOptions} from 'node:http';
import {Server as TlsServer} from 'node:https';
import type {Duplex} from 'node:stream';

/** For the headers, for the whole request, and between two requests; ms. */
export const serverTimeouts = {
	headersTimeout: 5000,
	requestTimeout: 10_000,
	keepAliveTimeout: 5000,
	connectionsCheckingInterval: 1000,
} as const satisfies ServerOptions;
export const handshakeTimeout = {handshakeTimeout: 5000} as const;

/** Room for a client that tests a thousand keys at once, below the usual limit of open files. */
const mostConnections = 2048;
/** Connections without a request; beyond it, the newest replaces the one that has waited longest. */
const mostWaiting = 1024;

export type Connections = {
	readonly guard: (server: Server) => void;
	/** The request is complete; the exchange must answer now. */
	readonly arrived: (request: IncomingMessage) => void;
	readonly answered: (request: IncomingMessage) => void;
	readonly end: () => void;
};

/** Keeps servers reachable: connections that send nothing, or half a request, make room for new ones. */
export function createConnections(): Connections {
	const open = new Set<Duplex>();
	const waiting = new Set<Duplex>();

	function wait(socket: Duplex): void {
		if (socket.destroyed) return;
		waiting.add(socket);
		if (waiting.size <= mostWaiting) return;
		const [oldest] = waiting;
		waiting.delete(oldest!);
		oldest!.destroy();
	}

	return {
		guard(server) {
			server.maxConnections = mostConnections;
			server.on('connection', socket => {
				open.add(socket);
				socket.once('close', () => {
					open.delete(socket);
				});
			});
			server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Duplex) => {
				wait(socket);
				socket.once('close', () => {
					waiting.delete(socket);
				});
			});
			// Before the TLS handshake is done, an answer could not be sent, and would wait for ever.
			server.on('tlsClientError', (_: Error, socket: Duplex) => {
				socket.destroy();
			});
			server.on('clientError', (_, socket) => {
				// Destroyed after the answer: the other side may never end its own half.
				if (socket.writable)
					socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', () => {
						socket.destroy();
					});
				else socket.destroy();
			});
		},
		arrived({socket}) {
			waiting.delete(socket);
		},
		answered({socket}) {
			wait(socket);
		},
		end() {
			for (const socket of open) socket.destroy();
		},
	};
}
