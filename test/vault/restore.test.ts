import {randomBytes} from 'node:crypto';
import {
	chmodSync,
	copyFileSync,
	lstatSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {AppError} from '../../source/core/errors.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {printKeyFile} from '../../source/vault/slots/key-file.ts';
import {seenRevisionsIn} from '../../source/vault/rollback-guard.ts';
import {damage} from '../helpers/damage.ts';
import {adding, failureOf, ids, newVault, openable, opener, temporaryFolder} from './world.ts';

const second = {passphrase: new Secret('another passphrase altogether')};

/** A vault with three saves: nothing, a, a b. */
async function saved() {
	const made = await newVault();
	await made.vault.change(adding('a'));
	await made.vault.change(adding('b'));
	return made;
}

describe('a backup', () => {
	it('is the newest save, whole, for its owner alone', async () => {
		const {vault, path} = await saved();
		const other = openable(path);
		await other.unlock(opener);
		await other.change(adding('c'));
		const file = join(temporaryFolder(), 'copy.json');
		expect(await vault.backup(file)).toEqual({rev: 4});
		expect(readFileSync(file)).toEqual(readFileSync(path));
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	it('is not put among the saves that the program counts', async () => {
		const {vault, path} = await saved();
		expect(await failureOf(vault.backup(join(dirname(path), 'backups', 'vault.999999999999999.json')))).toMatchObject({
			code: 'invalid',
		});
	});

	it('overwrites nothing and follows no link', async () => {
		const {vault} = await saved();
		const folder = temporaryFolder();
		const [file, link] = [join(folder, 'there'), join(folder, 'link')];
		writeFileSync(file, 'mine');
		symlinkSync(join(folder, 'elsewhere'), link);
		expect(await failureOf(vault.backup(file))).toMatchObject({code: 'file-exists'});
		expect(await failureOf(vault.backup(link))).toMatchObject({code: 'file-exists'});
		expect(await failureOf(vault.backup(join(folder, 'no', 'folder')))).toMatchObject({code: 'file-not-written'});
		expect(readdirSync(folder).toSorted()).toEqual(['link', 'there']);
		expect(readFileSync(file, 'utf8')).toBe('mine');
	});

	it('is not made of a damaged vault', async () => {
		const {vault, path} = await saved();
		damage(path);
		const file = join(temporaryFolder(), 'copy.json');
		expect(await failureOf(vault.backup(file))).toMatchObject({code: 'vault-damaged'});
		expect(() => statSync(file)).toThrow('ENOENT');
	});
});

describe('bringing a copy back', () => {
	it('shows what is in place first and changes nothing', async () => {
		const {vault, path} = await saved();
		const before = readFileSync(path);
		const copy = await openable(path).openBackup(opener);
		expect(copy.rev).toBe(2);
		expect(copy.content.keys.map(({id}) => id)).toEqual(['a']);
		expect('content' in copy.present && copy.present.content.keys.map(({id}) => id)).toEqual(['a', 'b']);
		expect(copy.isOther).toBe(false);
		copy.dispose();
		expect(readFileSync(path)).toEqual(before);
		expect(await vault.refresh()).toBe(false);
	});

	it('is a save like any other: what was in place is the newest of the earlier saves, and open programs see it', async () => {
		const {vault, path} = await saved();
		const other = openable(path);
		const copy = await other.openBackup(opener);
		expect(await copy.restore()).toEqual({});
		expect(ids(other)).toEqual(['a']);
		expect(await vault.refresh()).toBe(true);
		expect(ids(vault)).toEqual(['a']);
		const undo = await other.openBackup(opener);
		expect(undo.content.keys.map(({id}) => id)).toEqual(['a', 'b']);
		undo.dispose();
	});

	it('revoked-passphrase-returns: keeps the slots of now', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		await vault.changePassphrase(second.passphrase);
		const copy = await openable(path).openBackup(opener, file);
		await copy.restore();
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({code: 'wrong-passphrase'});
		await openable(path).unlock(second);
	});

	it('from before a new passphrase opens with the new one too, for the vault’s key is the same', async () => {
		const {vault, path} = await saved();
		await vault.changePassphrase(second.passphrase);
		const copy = await openable(path).openBackup(second);
		expect(copy.rev).toBe(3);
		await copy.restore();
		await openable(path).unlock(second);
	});

	it('revoked-passphrase-returns: not even when the file in place is the one from before it was changed', async () => {
		const {vault, path} = await saved();
		const before = readFileSync(path);
		await vault.changePassphrase(second.passphrase);
		await vault.change(adding('c'));
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		writeFileSync(path, before);
		const seen = {of: () => ({rev: 40, mac: ''}), note() {}, takeDamage: () => undefined};
		const copy = await openable(path, {seen}).openBackup(second, file);
		await copy.restore();
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({code: 'wrong-passphrase'});
		const again = openable(path);
		await again.unlock(second);
		expect(ids(again)).toEqual(['a', 'b', 'c']);
		expect(await again.backup(`${file}.2`)).toEqual({rev: 41});
	});

	it('revoked-key-returns: not even when the file in place is the one from before the rekey', async () => {
		const {vault, path} = await saved();
		const before = readFileSync(path);
		const leaked = printKeyFile(randomBytes(32));
		await vault.addSlot({type: 'keyfile', keyFile: leaked}, '');
		await vault.rekey([{source: {type: 'passphrase', ...opener}, label: ''}]);
		await vault.change(adding('c'));
		await vault.change(adding('d'));
		writeFileSync(path, before);
		const copy = await openable(path).openBackup(opener);
		expect(copy.content.keys).toHaveLength(3);
		await copy.restore();
		expect(await failureOf(openable(path).unlock({keyFile: leaked}))).toMatchObject({code: 'wrong-key-file'});
	});

	it('replaces a vault that was cut short, emptied or scribbled on, whatever it holds now', async () => {
		for (const garbage of ['', 'hello', '{}', '{"format": "okx-keys-vault"']) {
			const {path} = await saved();
			writeFileSync(path, garbage);
			const again = openable(path);
			const copy = await again.openBackup(opener);
			expect(copy.isReplaceable).toBe(true);
			const {keptAs} = await copy.restore();
			expect(readFileSync(keptAs!, 'utf8')).toBe(garbage);
			expect(ids(again)).toEqual(['a']);
		}
	});

	it('is not spoilt by who forgets the copy meanwhile, and happens once', async () => {
		const {path} = await saved();
		const again = openable(path);
		const copy = await again.openBackup(opener);
		const restoring = copy.restore();
		copy.dispose();
		await restoring;
		expect(again.read().keys[0]!.credential.secretKey.reveal()).not.toBe('');
		await openable(path).unlock(opener);
		expect(await failureOf(copy.restore())).toMatchObject({code: 'locked'});
	});

	it('that is not done leaves no secret in memory', async () => {
		const {path} = await saved();
		const copy = await openable(path).openBackup(opener);
		copy.dispose();
		expect(() => copy.content.keys[0]!.credential.secretKey.reveal()).toThrow('locked');
	});

	it('revoked-key-returns: keeps the vault’s key of now when what was given opens both', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		const old = vault.key().key;
		await vault.rekey([{source: {type: 'passphrase', ...opener}, label: ''}]);
		await vault.change(adding('c'));
		const copy = await openable(path).openBackup(opener, file);
		expect('content' in copy.present && copy.present.content.keys).toHaveLength(3);
		await copy.restore();
		const again = openable(path);
		expect(await failureOf(again.unlock({key: old}))).toMatchObject({code: 'wrong-vault-key'});
		await again.unlock(opener);
		expect(ids(again)).toEqual(['a', 'b']);
	});

	it('keeps a damaged vault aside, and finds the newest save that is whole', async () => {
		const {path} = await saved();
		const newest = readdirSync(join(dirname(path), 'backups'))
			.toSorted()
			.at(-1)!;
		damage(path);
		damage(join(dirname(path), 'backups', newest));
		const bad = readFileSync(path);
		const again = openable(path);
		expect(await failureOf(again.unlock(opener))).toMatchObject({code: 'vault-damaged'});
		const copy = await again.openBackup(opener);
		expect(copy.rev).toBe(1);
		expect('problem' in copy.present && copy.present.problem.code).toBe('vault-damaged');
		const {keptAs} = await copy.restore();
		expect(readFileSync(keptAs!)).toEqual(bad);
		expect(statSync(keptAs!).mode & 0o777).toBe(0o600);
		expect(ids(again)).toEqual([]);
		await again.change(adding('on'));
	});

	it('works where the vault has vanished, with its folder too', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		rmSync(dirname(path), {recursive: true});
		const again = openable(path);
		const copy = await again.openBackup(opener, file);
		expect(await copy.restore()).toEqual({});
		expect(ids(again)).toEqual(['a', 'b']);
		expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
	});

	it('tells a copy of another vault, and never buries the one in place', async () => {
		const {path} = await saved();
		const foreign = await newVault();
		const copy = await openable(path).openBackup(opener, foreign.path);
		expect(copy.isOther).toBe(true);
		await copy.restore();
		// Opened with the same passphrase, it is another vault all the same.
		expect(readdirSync(dirname(path)).some(name => name.includes('set-aside'))).toBe(true);
		const locked = await newVault();
		await locked.vault.changePassphrase(second.passphrase);
		const other = await openable(path).openBackup(second, locked.path);
		expect('problem' in other.present && other.present.problem.code).toBe('wrong-passphrase');
		const {keptAs} = await other.restore();
		expect(keptAs).toMatch(/set-aside-2$/);
	});

	it('does not overwrite what another program saved after the difference was shown', async () => {
		const {vault, path} = await saved();
		const copy = await openable(path).openBackup(opener);
		await vault.change(adding('c'));
		expect(await failureOf(copy.restore())).toMatchObject({code: 'restore-conflict', exit: 'busy'});
		expect(ids(vault)).toEqual(['a', 'b', 'c']);
	});

	it('with a wrong passphrase says so, and looks at each set of slots once', async () => {
		const {path} = await saved();
		expect(await failureOf(openable(path).openBackup(second))).toMatchObject({code: 'wrong-passphrase'});
		rmSync(join(dirname(path), 'backups'), {recursive: true});
		expect(await failureOf(openable(path).openBackup(opener))).toMatchObject({
			code: 'no-usable-backup',
			exit: 'usage',
			message: `No earlier saves of ${path} are kept.`,
		});
		expect(await failureOf(openable(path).openBackup(opener, join(dirname(path), 'nothing')))).toMatchObject({
			code: 'no-such-file',
		});
		expect(await failureOf(openable(path).openBackup(opener, dirname(path)))).toMatchObject({code: 'not-a-vault'});
	});

	it('reads a copy from a medium without modes', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		chmodSync(file, 0o755);
		const copy = await openable(path).openBackup(opener, file);
		expect(copy.rev).toBe(3);
		copy.dispose();
	});

	it('does not replace a vault of a newer program', async () => {
		const {vault, path} = await saved();
		const file = join(temporaryFolder(), 'copy.json');
		await vault.backup(file);
		writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 1', '"version": 2'));
		const copy = await openable(path).openBackup(opener, file);
		expect(copy.isReplaceable).toBe(false);
		expect(await failureOf(copy.restore())).toMatchObject({code: 'vault-newer'});
	});
});

describe('another vault in the place of one that is gone', () => {
	it('does not push out what is kept of the former one', async () => {
		const {vault, path} = await saved();
		vault.lock();
		rmSync(path);
		const fresh = openable(path);
		await fresh.create(second.passphrase, {keys: []});
		expect(await fresh.earlier()).toEqual([]);
		const former = join(dirname(path), 'backups', 'former-1');
		expect(readdirSync(former)).toHaveLength(2);
		await fresh.change(adding('x'));
		const copy = await openable(path).openBackup(opener, join(former, readdirSync(former).toSorted().at(-1)!));
		expect(copy.content.keys.map(({id}) => id)).toEqual(['a']);
		await copy.restore();
		expect(readdirSync(join(dirname(path), 'backups', 'former-2'))).toHaveLength(1);
	});
});

describe('a vault that could not be made', () => {
	it('leaves the saves of a former one where they were, and speaks of no earlier vault', async () => {
		const {path} = await saved();
		rmSync(path);
		const before = readdirSync(join(dirname(path), 'backups'));
		const failing = {
			...fileStoreAt({path, clock: Date.now, lockWaitMs: 100}),
			async write(): Promise<never> {
				throw new AppError('not-saved', {path, reason: 'the disk is full'});
			},
		};
		const failure = await failureOf(openable(path, {store: failing}).create(second.passphrase, {keys: []}));
		expect(failure.message).toContain('No vault was made');
		expect(readdirSync(join(dirname(path), 'backups'))).toEqual(before);
		const copy = await openable(path).openBackup(opener);
		copy.dispose();
	});
});

describe('proving a vault', () => {
	it('proves saves whose slots are all gone, as long as their key is the same', async () => {
		const {vault} = await saved();
		await vault.addSlot({type: 'recovery'}, '');
		const [first, , third] = vault.slots();
		await vault.removeSlot(first!.id);
		await vault.removeSlot(vault.slots()[0]!.id);
		expect(vault.slots().map(({id}) => id)).toEqual([third!.id]);
		expect((await vault.verify()).earlier.every(found => 'rev' in found)).toBe(true);
	});

	it('says of the file and of each earlier save whether it is whole', async () => {
		const {vault, path} = await saved();
		const [oldest] = readdirSync(join(dirname(path), 'backups')).toSorted();
		damage(join(dirname(path), 'backups', oldest!));
		const report = await vault.verify();
		expect(report.file).toMatchObject({rev: 3, keys: 2});
		expect(report.earlier).toMatchObject([{rev: 2, keys: 1}, {problem: {code: 'vault-damaged'}}]);
		damage(path);
		expect((await vault.verify()).file).toMatchObject({problem: {code: 'vault-damaged'}});
		expect(vault.read().keys[0]!.credential.secretKey.reveal()).not.toBe('');
	});

	it('says of saves from before a rekey that they cannot be proved', async () => {
		const {vault} = await saved();
		await vault.rekey([{source: {type: 'passphrase', ...opener}, label: ''}]);
		expect((await vault.verify()).earlier[0]).toMatchObject({isOtherKey: true});
	});
});

describe('an older copy in the vault’s place', () => {
	async function remembered() {
		const seen = seenRevisionsIn(join(temporaryFolder(), 'state', 'okx-keys'));
		const made = await newVault({keys: []}, {seen});
		const {vault, path} = made;
		await vault.change(adding('a'));
		const old = `${path}.old`;
		copyFileSync(path, old);
		await vault.change(adding('b'));
		return {...made, seen, old};
	}

	it('rollback: is noticed at the next unlock, and opened only on purpose', async () => {
		const {path, old, seen} = await remembered();
		copyFileSync(old, path);
		const again = openable(path, {seen});
		expect(await failureOf(again.unlock(opener))).toMatchObject({
			code: 'vault-older',
			details: {rev: 2, seen: 3},
			exit: 'unexpected',
		});
		expect(again.isOpen()).toBe(false);
		await again.unlock(opener, {acceptOlder: true});
		expect(ids(again)).toEqual(['a']);
		await openable(path, {seen}).unlock(opener);
	});

	it('rollback: is noticed while the vault is open, and not written over', async () => {
		const {vault, path, old} = await remembered();
		copyFileSync(old, path);
		expect(await failureOf(vault.refresh())).toMatchObject({code: 'vault-older'});
		expect(await failureOf(vault.change(adding('c')))).toMatchObject({code: 'vault-older'});
		expect(readFileSync(path)).toEqual(readFileSync(old));
		expect(ids(vault)).toEqual(['a', 'b']);
	});

	it('rollback: to before a new passphrase, the wrong passphrase is explained', async () => {
		const {vault, path, old, seen} = await remembered();
		await vault.changePassphrase(second.passphrase);
		copyFileSync(old, path);
		expect(await failureOf(openable(path, {seen}).unlock(second))).toMatchObject({
			code: 'wrong-passphrase-older',
			exit: 'locked',
			details: {rev: 2, seen: 4},
		});
		expect(await failureOf(openable(path, {seen}).unlock(opener))).toMatchObject({code: 'vault-older'});
	});

	it('fork: another save with the same number is noticed too', async () => {
		const {path, old, seen} = await remembered();
		copyFileSync(old, path);
		const elsewhere = openable(path);
		await elsewhere.unlock(opener);
		await elsewhere.change(adding('c'));
		expect(await failureOf(openable(path, {seen}).unlock(opener))).toMatchObject({
			code: 'vault-older',
			details: {rev: 3, seen: 3},
		});
	});

	it('is not what another program’s save during the KDF makes of the vault', async () => {
		const {vault, path, seen} = await remembered();
		const slow = openable(path, {seen});
		const opening = slow.unlock(opener);
		await vault.change(adding('meanwhile'));
		await opening;
		expect(ids(slow)).toEqual(['a', 'b', 'meanwhile']);
	});

	it('is only what lies in its own place: a drill with a backup elsewhere is a vault by itself', async () => {
		const {vault, path, seen} = await remembered();
		const file = join(temporaryFolder(), 'backup.json');
		await vault.backup(file);
		const drill = openable(join(temporaryFolder(), 'vault.json'), {seen});
		await (await drill.openBackup(opener, file)).restore();
		await drill.change(adding('drill'));
		await openable(path, {seen}).unlock(opener);
		await vault.change(adding('real'));
	});

	it('that is brought back on purpose counts as new', async () => {
		const {path, old, seen} = await remembered();
		const again = openable(path, {seen});
		const copy = await again.openBackup(opener, old);
		await copy.restore();
		await openable(path, {seen}).unlock(opener);
		damage(path);
		const last = openable(path, {seen});
		const whole = await last.openBackup(opener, old);
		await whole.restore();
		await openable(path, {seen}).unlock(opener);
	});

	it('goes unnoticed where the memory is lost, which keeps nobody out', async () => {
		const {path, old} = await remembered();
		copyFileSync(old, path);
		const seen = seenRevisionsIn(temporaryFolder());
		const vault = openable(path, {seen});
		await vault.unlock(opener);
		expect(vault.takeWarning()).toBe(undefined);
		const elsewhere = openable(path, {seen: seenRevisionsIn(join(old, 'below a file'))});
		await elsewhere.unlock(opener);
		expect(elsewhere.takeWarning()).toBe(undefined);
	});

	it.each([
		['that is empty', ''],
		['of null', 'null'],
		['of a list', '[]'],
		['of another object', '{"__proto__": 1}'],
		['with a number that is a text', '{"rev": "high", "mac": ""}'],
		['with a number without end', '{"rev": 1e999, "mac": ""}'],
		['of bytes that are no text', Buffer.from([0xff, 0x00, 0xfe])],
		['of 3 GB', 3_000_000_000],
	])('memory-wiped: a memory %s is begun anew, and a warning says so once', async (_, garbage) => {
		const {path, old} = await remembered();
		copyFileSync(old, path);
		const folder = temporaryFolder();
		await openable(path, {seen: seenRevisionsIn(folder)}).unlock(opener);
		const file = join(folder, readdirSync(folder)[0]!);
		writeFileSync(file, typeof garbage === 'number' ? '' : garbage);
		if (typeof garbage === 'number') truncateSync(file, garbage);
		const vault = openable(path, {seen: seenRevisionsIn(folder)});
		await vault.unlock(opener);
		expect(vault.takeWarning()).toEqual({
			problem: expect.stringContaining('was damaged') as string,
			fix: expect.stringContaining('latest changes') as string,
		});
		expect(vault.takeWarning()).toBe(undefined);
		expect(lstatSync(file).size).toBeLessThan(4096);
		const again = openable(path, {seen: seenRevisionsIn(folder)});
		await again.unlock(opener);
		expect(again.takeWarning()).toBe(undefined);
	});

	it('the memory is for its owner alone and holds no secret', async () => {
		const {vault, path, seen} = await remembered();
		const {vaultId, key} = vault.key();
		expect(seen.of(path, vaultId)).toMatchObject({rev: 3});
		expect(JSON.stringify(seen.of(path, vaultId))).not.toContain(key.toString('base64'));
	});
});
