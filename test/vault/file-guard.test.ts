import {execFileSync} from 'node:child_process';
import {
	chmodSync,
	chownSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {workOf} from '../helpers/time.ts';
import {adding, afterwards, failureOf, newVault, openable, opener, temporaryFolder} from './world.ts';

const isRoot = process.getuid?.() === 0;
const unlessRoot = isRoot ? '' : ' (skipped: only root may give files away)';

function mode(path: string): string {
	return (statSync(path).mode & 0o7777).toString(8);
}

describe('who can read', () => {
	it.each([0o000, 0o022, 0o077])(
		'a new vault, its folder and its backups: for the owner alone, whatever the umask (%o)',
		async umask => {
			const before = process.umask(umask);
			afterwards(() => void process.umask(before));
			const path = join(temporaryFolder(), 'new/er/vault.json');
			const vault = openable(path);
			await vault.create(opener.passphrase, {keys: []});
			await vault.change(adding('a'));
			const folder = dirname(path);
			expect([dirname(folder), folder, join(folder, 'backups')].map(each => mode(each))).toEqual(['700', '700', '700']);
			expect(
				[path, join(folder, '.vault.json.lock'), join(folder, 'backups/vault.000001.json')].map(each => mode(each)),
			).toEqual(['600', '600', '600']);
		},
	);

	it('a folder that was there before keeps its mode: it may be a home', async () => {
		const folder = temporaryFolder();
		chmodSync(folder, 0o755);
		await openable(join(folder, 'vault.json')).create(opener.passphrase, {keys: []});
		expect(mode(folder)).toBe('755');
	});

	it.each([0o640, 0o604, 0o620, 0o602])(
		'a vault that others can read or write (%o) is refused, with the command that mends it',
		async wide => {
			const {vault, path} = await newVault();
			chmodSync(path, wide);
			for (const failure of [
				await failureOf(openable(path).unlock(opener)),
				await failureOf(vault.change(adding('a'))),
			]) {
				expect(failure).toMatchObject({
					code: 'vault-unsafe',
					message: `${path} can be read or written by other users, so it is not used.`,
				});
				expect(failure.hint).toContain(`chmod 600 ${path};`);
			}

			expect(mode(path)).toBe(wide.toString(8));
			execFileSync('sh', ['-c', `chmod 600 ${path}`]);
			await vault.change(adding('a'));
		},
	);

	it.each([0o770, 0o707, 0o1777])('a folder in which others can write (%o) is refused', async wide => {
		const {vault, path} = await newVault();
		chmodSync(dirname(path), wide);
		afterwards(() => chmodSync(dirname(path), 0o700));
		const refusal = {code: 'vault-unsafe', message: expect.stringContaining('can be written by other users') as string};
		expect(await failureOf(vault.change(adding('a')))).toMatchObject(refusal);
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject(refusal);
		expect(
			await failureOf(openable(join(dirname(path), 'new.json')).create(opener.passphrase, {keys: []})),
		).toMatchObject({code: 'vault-unsafe'});
	});

	it('the command in the hint survives a name that a shell would split', async () => {
		const path = join(temporaryFolder(), "a b'; touch x.json");
		await openable(path).create(opener.passphrase, {keys: []});
		chmodSync(path, 0o644);
		const {hint} = await failureOf(openable(path).unlock(opener));
		execFileSync('sh', ['-c', hint!.slice('Run '.length, hint!.indexOf('; if'))]);
		expect(mode(path)).toBe('600');
	});
});

describe('what lies at the path', () => {
	async function refusals(path: string) {
		const locked = openable(path);
		return [
			await failureOf(locked.unlock(opener)),
			await failureOf(locked.create(opener.passphrase, {keys: []})),
		] as const;
	}

	it('symlink-to-other-file: a link is not followed, neither to read nor to write', async () => {
		const {vault, path} = await newVault();
		const target = join(dirname(path), 'target');
		renameSync(path, target);
		symlinkSync(target, path);
		const before = readFileSync(target);
		const [unlock, create] = await refusals(path);
		expect(unlock).toMatchObject({
			code: 'vault-unsafe',
			message: expect.stringContaining('is a symbolic link'),
			hint: `Name the file that it leads to: --vault ${target}`,
		});
		expect(create).toMatchObject({code: 'vault-exists'});
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'vault-unsafe'});
		expect(readFileSync(target)).toEqual(before);
	});

	it('dangling-symlink-creates-file: a link to nothing does not make a vault elsewhere', async () => {
		const folder = temporaryFolder();
		symlinkSync(join(folder, 'elsewhere'), join(folder, 'vault.json'));
		const [unlock, create] = await refusals(join(folder, 'vault.json'));
		expect([unlock.code, create.code]).toEqual(['vault-unsafe', 'vault-exists']);
		expect(() => statSync(join(folder, 'elsewhere'))).toThrow('ENOENT');
	});

	it('symlinked-folder: a folder that is a link is refused', async () => {
		const folder = temporaryFolder();
		mkdirSync(join(folder, 'real'), {mode: 0o700});
		symlinkSync(join(folder, 'real'), join(folder, 'link'));
		expect(
			await failureOf(openable(join(folder, 'link/vault.json')).create(opener.passphrase, {keys: []})),
		).toMatchObject({code: 'vault-unsafe', message: expect.stringContaining('is a symbolic link')});
	});

	it('symlinked-backups: backups that lead elsewhere are refused, and nothing is saved', async () => {
		const {vault, path} = await newVault();
		const before = readFileSync(path);
		symlinkSync(temporaryFolder(), join(dirname(path), 'backups'));
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'vault-unsafe'});
		expect(readFileSync(path)).toEqual(before);
	});

	it('a folder is no vault', async () => {
		const path = join(temporaryFolder(), 'vault.json');
		mkdirSync(path);
		const [unlock, create] = await refusals(path);
		expect(unlock).toMatchObject({code: 'not-a-vault', message: expect.stringContaining('it is a folder')});
		expect(create).toMatchObject({code: 'vault-exists'});
	});

	it('fifo-hangs-unlock: a pipe is no vault, and is not waited for', async () => {
		const path = join(temporaryFolder(), 'vault.json');
		execFileSync('mkfifo', ['-m', '600', path]);
		const [unlock] = await refusals(path);
		expect(unlock).toMatchObject({code: 'not-a-vault', message: expect.stringContaining('pipe')});
	});

	it('huge-file: a file larger than any vault is refused without reading it', async () => {
		const path = join(temporaryFolder(), 'vault.json');
		writeFileSync(path, '', {mode: 0o600});
		truncateSync(path, 2 ** 30);
		const work = await workOf(async () => {
			expect(await failureOf(openable(path).unlock(opener))).toMatchObject({
				code: 'not-a-vault',
				message: expect.stringContaining('larger than any vault'),
			});
		});
		expect(work).toBeLessThan(200);
	});

	it('a path through a file leads to no vault', async () => {
		const {path} = await newVault();
		const [unlock, create] = await refusals(join(path, 'vault.json'));
		expect(['vault-missing', 'vault-unreadable']).toContain(unlock.code);
		expect(['vault-unsafe', 'vault-unreadable', 'not-saved']).toContain(create.code);
	});

	it.skipIf(!isRoot)(`foreign-file: a vault or a folder of another user is refused${unlessRoot}`, async () => {
		const {vault, path} = await newVault();
		chownSync(path, 12_345, 12_345);
		expect(await failureOf(openable(path).unlock(opener))).toMatchObject({
			code: 'vault-unsafe',
			message: expect.stringContaining('belongs to another user (number 12345)'),
		});
		chownSync(path, 0, 0);
		chownSync(dirname(path), 12_345, 12_345);
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({
			code: 'vault-unsafe',
			message: expect.stringContaining(`${dirname(path)} belongs to another user`),
		});
	});

	it('a vault that its owner may not read is said to be that', () => {
		// Root may read everything, so another user tries it then, outside folders that only root may enter.
		const folder = mkdtempSync(join(tmpdir(), 'okx-keys-unreadable-'));
		afterwards(() => rmSync(folder, {recursive: true}));
		const path = join(folder, 'vault.json');
		writeFileSync(path, 'x', {mode: 0o000});
		const nobody = 65_534;
		if (isRoot) for (const each of [folder, path]) chownSync(each, nobody, nobody);
		const said = execFileSync(process.execPath, [join(import.meta.dirname, 'child.ts'), 'unlock', path], {
			encoding: 'utf8',
			...(isRoot ? {uid: nobody, gid: nobody} : {}),
		});
		expect(JSON.parse(said)).toMatchObject({
			code: 'vault-unreadable',
			message: `The vault ${path} cannot be read (permission denied).`,
		});
	});
});
