import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {expect, inject} from 'vitest';
import {takeLock} from '../../source/files/lock.ts';
import {seenRevisionsIn} from '../../source/vault/rollback-guard.ts';
import {keygen} from './age-file.ts';
import {Home, run, type Run, type RunOptions} from './program.ts';

/** Opens every prepared vault; its first word is one to look for in what must not show it. */
export const passphrase = 'canary of a vault';

/** The question that opens a vault on a terminal, and its answer. */
export const unlocking = ['Passphrase or recovery key:', passphrase] as const;

/** A vault for real keys, or that of the sandbox. */
type Kind = 'live' | 'sandbox';

const memory = '.local/state/okx-keys/seen';
const place = (kind: Kind) => `.config/okx-keys/${kind === 'live' ? 'vault' : 'sandbox'}.json`;
const options = (kind: Kind) => (kind === 'live' ? [] : ['--sandbox']);

/** A vault in a home, and the ways to open it. */
export class TestVault {
	readonly home: Home;
	readonly kind: Kind;
	readonly path: string;
	readonly passphraseFile: string;
	readonly recoveryFile: string;
	readonly keyFile: string;

	constructor(home: Home, kind: Kind) {
		this.home = home;
		this.kind = kind;
		this.path = home.file(place(kind));
		this.passphraseFile = home.file('passphrase');
		this.recoveryFile = home.file(`${kind}.recovery`);
		this.keyFile = home.file(`${kind}.key`);
	}

	/** What has a command open it, and the fastest that there is: Argon2id takes most of the time of a short command. */
	get opened(): readonly string[] {
		return fs.existsSync(this.keyFile)
			? [...options(this.kind), '--key-file', this.keyFile]
			: [...options(this.kind), '--passphrase-file', this.recoveryFile];
	}

	/** What a person can type to open it, and costs no derivation as the passphrase does. */
	get recoveryKey(): string {
		return fs.readFileSync(this.recoveryFile, 'utf8').trim();
	}

	/** A command that opens it the fastest way. */
	async run(...words: readonly string[]): Promise<Run> {
		return this.runWith({}, ...words);
	}

	async runWith(given: RunOptions, ...words: readonly string[]): Promise<Run> {
		return run(this.home, [...words, ...this.opened], given);
	}

	/** A command that only its owner may give, by the recovery key. */
	async own(...words: readonly string[]): Promise<Run> {
		return run(this.home, [...words, ...options(this.kind), '--passphrase-file', this.recoveryFile]);
	}

	/** A command whose subject is the passphrase. */
	async byPassphrase(...words: readonly string[]): Promise<Run> {
		return run(this.home, [...words, ...options(this.kind), '--passphrase-file', this.passphraseFile]);
	}

	/** A command that names its own way to open the vault, or none. */
	async plain(...words: readonly string[]): Promise<Run> {
		return run(this.home, [...words, ...options(this.kind)]);
	}

	/** What a command prints that succeeds. */
	async done(...words: readonly string[]): Promise<string> {
		const {status, out, err} = await this.run(...words);
		expect({words, status, err}).toMatchObject({status: 0});
		return out;
	}

	/** What a command says in JSON, whatever its exit status. */
	async json<Result>(...words: readonly string[]): Promise<Result> {
		const {out, err} = await this.run(...words, '--json');
		try {
			return JSON.parse(out) as Result;
		} catch {
			throw new Error(`No JSON: ${out}${err}`);
		}
	}

	/** The names of the keys in it, as a command prints them that opens it with a passphrase file. */
	async names(passphraseFile?: string): Promise<string[]> {
		const opened =
			passphraseFile === undefined ? this.opened : [...options(this.kind), '--passphrase-file', passphraseFile];
		const {out, err} = await run(this.home, ['list', '--json', ...opened]);
		if (out === '') throw new Error(err);
		return (JSON.parse(out) as {name: string}[]).map(({name}) => name);
	}

	bytes(): Buffer {
		return fs.readFileSync(this.path);
	}

	/** Stores an untested key. */
	async add(name: string, ...words: readonly string[]): Promise<void> {
		const input = JSON.stringify({
			apiKey: `0a1b2c3d-0000-4000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`,
			secretKey: 'CANARY9SECRET9CANARY9SECRET9CANA',
			passphrase: 'Canary-Pass9!',
		});
		expect(await this.runWith({input}, 'add', name, '--no-test', ...words)).toMatchObject({status: 0});
	}

	/** A copy of it, of its earlier saves and of what opens it, in another home. */
	copyTo(home: Home): TestVault {
		copyFolder(this.home.path, home.path, this.home.file(memory));
		const copy = new TestVault(home, this.kind);
		// What a machine remembers of a vault goes by the vault's place.
		const {vaultId} = JSON.parse(
			Buffer.from((JSON.parse(copy.bytes().toString()) as {header: string}).header, 'base64').toString(),
		) as {vaultId: string};
		const seen = seenRevisionsIn(this.home.file(memory)).of(this.path, vaultId);
		if (seen) seenRevisionsIn(home.file(memory)).note(copy.path, vaultId, seen);
		return copy;
	}
}

/** Copies with all modes, which fs.cpSync does not do for folders; leaves out one folder. */
function copyFolder(from: string, to: string, without: string): void {
	for (const entry of fs.readdirSync(from, {withFileTypes: true})) {
		const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
		if (source === without) continue;
		if (entry.isDirectory()) {
			if (!fs.existsSync(target)) fs.mkdirSync(target, fs.statSync(source).mode & 0o777);
			copyFolder(source, target, without);
		} else fs.copyFileSync(source, target);
	}
}

type Recipe = {readonly kind: Kind; readonly from?: Prepared; readonly prepare: (vault: TestVault) => Promise<void>};
/**
 * `made` is what `init` leaves, `grid` the same with a key; `live` and `sandbox` open with a key file too. `monitored`
 * is a sandbox with a key that may trade from any address and one that was revoked; `exported` is one with a second
 * key, and an age file of both.
 */
export type Prepared = 'made' | 'grid' | 'live' | 'madeSandbox' | 'sandbox' | 'monitored' | 'exported';

const recipes: Readonly<Record<Prepared, Recipe>> = {
	made: {kind: 'live', prepare: init},
	grid: {kind: 'live', from: 'made', prepare: async vault => vault.add('grid')},
	live: {kind: 'live', from: 'made', prepare: addKeyFile},
	madeSandbox: {kind: 'sandbox', prepare: init},
	sandbox: {kind: 'sandbox', from: 'madeSandbox', prepare: addKeyFile},
	monitored: {
		kind: 'sandbox',
		from: 'sandbox',
		async prepare(vault) {
			await vault.done('create', 'grid', '--perm', 'trade', '--ip', '127.0.0.1');
			await vault.done('create', 'open', '--perm', 'trade');
			await vault.done('create', 'dead');
			await vault.done('revoke', 'dead', '--yes');
		},
	},
	exported: {kind: 'sandbox', from: 'sandbox', prepare: exportAll},
};

async function init(vault: TestVault): Promise<void> {
	vault.home.passphraseFile(passphrase);
	const {status, out, err} = await vault.byPassphrase('init');
	expect({status, err}).toMatchObject({status: 0});
	fs.writeFileSync(vault.recoveryFile, out, {mode: 0o600});
}

async function addKeyFile(vault: TestVault): Promise<void> {
	expect(await vault.own('add-slot', 'key-file', '--file', vault.keyFile)).toMatchObject({status: 0});
}

async function exportAll(vault: TestVault): Promise<void> {
	const {home} = vault;
	const recipient = keygen(home, 'id.txt');
	fs.copyFileSync(vault.path, home.file('before.json'));
	await vault.done('create', '网格🔑', '--perm', 'trade', '--ip', '127.0.0.1', '--description', 'grid “ÉTH”');
	await vault.done('edit', '网格🔑', '--tag', 'night,eu', '--yes');
	expect(
		await vault.run('export', '--all', '--age-recipient', recipient, '--output', home.file('all.age')),
	).toMatchObject({status: 0, out: '', err: expect.stringContaining('2 keys were encrypted into') as string});
}

/** A vault that the program itself has made: once in a run, for the first test that wants it. */
async function prepared(name: Prepared): Promise<TestVault> {
	const {kind, from, prepare} = recipes[name];
	const folder = path.join(inject('folders').vaults, name);
	const vault = new TestVault(new Home(folder), kind);
	const ready = `${folder}.ready`;
	if (fs.existsSync(ready)) return vault;
	const release = await takeLock(`${folder}.lock`, 60_000);
	try {
		if (fs.existsSync(ready)) return vault;
		fs.rmSync(folder, {recursive: true, force: true});
		fs.mkdirSync(folder, {mode: 0o700});
		if (from !== undefined) (await prepared(from)).copyTo(vault.home);
		await prepare(vault);
		fs.writeFileSync(ready, '');
	} finally {
		release?.();
	}

	return vault;
}

/** A prepared vault of a test's own. */
export async function vaultIn(home: Home, name: Prepared): Promise<TestVault> {
	return (await prepared(name)).copyTo(home);
}
