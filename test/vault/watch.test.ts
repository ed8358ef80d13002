import fs from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {watchFile} from '../../source/vault/store/watch.ts';
import {temporaryFolder} from './world.ts';

function watched() {
	const folder = path.join(temporaryFolder(), 'own');
	fs.mkdirSync(folder);
	const file = path.join(folder, 'vault.json');
	fs.writeFileSync(file, 'one');
	const [onChange, onLost] = [vi.fn(), vi.fn()];
	const stop = watchFile(file, onChange, onLost);
	onTestFinished(() => stop?.());
	const told = async (listener: typeof onChange, count: number) =>
		vi.waitFor(() => {
			expect(listener.mock.calls.length).toBeGreaterThanOrEqual(count);
		});
	return {folder, file, stop, onChange, onLost, told};
}

test('a file that is written, replaced or gone is told', async () => {
	const {file, onChange, told} = watched();
	fs.appendFileSync(file, 'two');
	await told(onChange, 1);
	let before = onChange.mock.calls.length;
	fs.writeFileSync(`${file}.new`, 'three');
	fs.renameSync(`${file}.new`, file);
	await told(onChange, before + 1);
	before = onChange.mock.calls.length;
	fs.unlinkSync(file);
	await told(onChange, before + 1);
});

test('what happens to its neighbours is not', async () => {
	const {folder, file, onChange, told} = watched();
	fs.writeFileSync(path.join(folder, 'other'), 'x');
	fs.mkdirSync(path.join(folder, 'backups'));
	fs.writeFileSync(path.join(folder, 'backups/vault.json'), 'x');
	expect(onChange).not.toHaveBeenCalled();
	fs.unlinkSync(file);
	await told(onChange, 1);
	// The kernel tells in order, and of the file itself twice at most.
	expect(onChange.mock.calls.length).toBeLessThanOrEqual(2);
});

test('where its folder is moved or removed, nothing more is told', async () => {
	const {folder, file, onChange, onLost, told} = watched();
	fs.renameSync(folder, `${folder}.away`);
	await told(onLost, 1);
	fs.mkdirSync(folder);
	fs.writeFileSync(file, 'another');
	expect(onLost).toHaveBeenCalledTimes(1);
	expect(onChange).not.toHaveBeenCalled();
});

test('a file system that does not tell every change is not watched', () => {
	const never = vi.fn();
	expect(watchFile('/proc/self/status', never, never)).toBeUndefined();
	expect(watchFile(path.join(temporaryFolder(), 'missing/vault.json'), never, never)).toBeUndefined();
});
