import type {IncomingMessage, Server, ServerOptions} from 'node:http';
import {Server as TlsServer} from 'node:https';
import type {Duplex} from 'node:stream';

/** How long a connection may take for its headers, for its whole request, and between two requests; ms. */
export const patience = {
	headersTimeout: 5000,
	requestTimeout: 10_000,
	keepAliveTimeout: 5000,
	connectionsCheckingInterval: 1000,
} as const satisfies ServerOptions;
/** How long the handshake of TLS may take, ms. */
export const handshakePatience = {handshakeTimeout: 5000} as const;

/**
 * Room for a client that asks about a thousand keys at once, and below what a process may open on an ordinary
 * machine.
 */
const mostConnections = 2048;
/**
 * How many of them may wait for a request to arrive: beyond it, the one that has waited longest is ended for the
 * newest.
 */
const mostWaiting = 1024;

/** The connections of all servers of one exchange. */
export type Connections = {
	/** Limits those of one more server. */
	readonly guard: (server: Server) => void;
	/** The request of a connection has arrived whole; from now on it is the exchange's turn. */
	readonly arrived: (request: IncomingMessage) => void;
	/** A request has been answered: its connection waits for the next one. */
	readonly answered: (request: IncomingMessage) => void;
	/** Ends every connection at once. */
	readonly end: () => void;
};

/**
 * Keeps servers answering whatever other programs leave open: connections that send nothing, or half a request, make
 * room for new ones.
 */
export function createConnections(): Connections {
	const open = new Set<Duplex>();
	/** In the order in which they began to wait. */
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
			// Before its handshake a connection of TLS can be told nothing: an answer would wait for that for ever.
			server.on('tlsClientError', (_: Error, socket: Duplex) => {
				socket.destroy();
			});
			server.on('clientError', (_, socket) => {
				// Destroyed once that is sent: the other side may never end its own half.
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
