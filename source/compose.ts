import crypto from 'node:crypto';
import type {Context} from './actions/context.ts';
import {keyAgentAt} from './agent/client.ts';
import {agentEndpointHere} from './agent/process.ts';
import {createExchange, type Exchange, type ExchangeOptions} from './exchange/client.ts';
import {proxyFor} from './exchange/http/proxy.ts';
import type {Settings} from './core/settings/settings.ts';
import type {Clipboard} from './core/terminal/clipboard.ts';
import {baseOf} from './files/home.ts';
import {actorHere} from './system/actor.ts';
import {clockServiceHere} from './system/clock-service.ts';
import {typedFiles} from './system/user-files/files.ts';
import {saveMemory} from './system/memory.ts';
import {sshAgentAt} from './ssh-agent/client.ts';
import {seenRevisionsIn} from './vault/rollback-guard.ts';
import type {SealedStore} from './vault/store/store.ts';
import {vaultIn, type ChangeOptions, type Vault} from './vault/vault.ts';

export type ComposeOptions = {
	readonly store: SealedStore;
	readonly sandbox: boolean;
	readonly readonly: boolean;
	readonly noSecrets: boolean;
	readonly seenPath: string | undefined;
	readonly sshSocket: string | undefined;
	readonly clipboard: Clipboard;
	/** May name proxies. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly fault: string | undefined;
	readonly settings: Settings;
};

const clock = () => Date.now();
const random = (bytes: number): Uint8Array => crypto.randomBytes(bytes);

/** The embedded exchange keeps its state in the sandbox vault, and under --readonly only in memory. */
function storageIn(vault: Vault, isReadonly: boolean) {
	let forgotten: unknown;
	return {
		load: () => forgotten ?? vault.read().sandbox,
		async update(change: (state: unknown) => unknown, options?: ChangeOptions) {
			if (isReadonly) forgotten = change(forgotten ?? vault.read().sandbox);
			else await vault.change(content => ({...content, sandbox: change(content.sandbox)}), options);
		},
	};
}

/** Made at the first call: most commands make none. */
function exchangeWhenCalled(options: ExchangeOptions): Exchange {
	let made: Exchange | undefined;
	const exchange = () => (made ??= createExchange(options));
	return {
		call: async (...given) => exchange().call(...given),
		proxyFor: options.proxyFor,
		mayBeCalled: site => exchange().mayBeCalled?.(site) ?? true,
		locate: async site => exchange().locate(site),
		adopt: (url, connection) => exchange().adopt?.(url, connection),
	};
}

/**
 * `dispose` locks the vault and stops the embedded exchange, which is loaded only for the sandbox and starts with
 * the first call to it.
 */
export async function compose({
	store,
	sandbox,
	readonly,
	noSecrets,
	seenPath,
	sshSocket,
	clipboard,
	environment,
	fault,
	settings,
}: ComposeOptions): Promise<{readonly context: Context; readonly dispose: () => Promise<void>}> {
	const vault = vaultIn({
		store,
		clock,
		random,
		actor: () => actorHere(environment),
		seen: seenPath === undefined ? undefined : seenRevisionsIn(seenPath, baseOf(seenPath, environment)),
	});
	const endpoint = agentEndpointHere();
	const wire = {
		clock,
		proxyFor: (url: URL) => proxyFor(url, environment),
		allowedHosts: () => settings.get('allowed-hosts'),
	};
	const shared = {
		vault,
		clock,
		random,
		sandbox,
		readonly,
		noSecrets,
		settings,
		clockService: () => clockServiceHere(),
		saveMemory,
		files: typedFiles,
		clipboard,
		keyAgent: endpoint && keyAgentAt(endpoint),
		sshAgent: sshSocket === undefined ? undefined : sshAgentAt(sshSocket),
	};
	if (!sandbox)
		return {
			context: {...shared, exchange: exchangeWhenCalled(wire), seed: () => ({keys: []})},
			dispose: async () => {
				vault.lock();
			},
		};

	const {embeddedExchange} = await import('./sandbox/embedded.ts');
	const {knownFault} = await import('./sandbox/faults.ts');
	const {seed, start, pageToken, close, faults} = embeddedExchange({
		clock,
		random,
		storage: storageIn(vault, readonly),
		fault: fault === undefined ? undefined : knownFault(fault),
	});
	return {
		context: {
			...shared,
			exchange: exchangeWhenCalled({...wire, sandboxUrl: start, pageToken}),
			seed,
			faults,
			sandboxUrl: start,
		},
		async dispose() {
			await close();
			vault.lock();
		},
	};
}
