import {EventEmitter} from 'node:events';
import {expect, onTestFinished, test, vi} from 'vitest';
import {terminalStdout} from '../../source/ui/drawing/terminal-stdout.ts';

/** A terminal that is listened to, with how often its screen was drawn anew. */
function listened() {
	vi.useFakeTimers();
	const target = new EventEmitter();
	const signals = new EventEmitter();
	const onResize = vi.fn<() => void>();
	const stdout = terminalStdout(target as unknown as NodeJS.WriteStream, {isOurs: () => true, onResize, signals});
	const listener = () => {};
	stdout.on('resize', listener);
	const leave = () => {
		stdout.off('resize', listener);
	};
	onTestFinished(() => {
		leave();
		vi.useRealTimers();
	});
	return {target, signals, onResize, leave};
}

test('a size that changed and is the old one again has the screen drawn anew', () => {
	const {signals, onResize} = listened();
	signals.emit('SIGWINCH');
	expect(onResize).toHaveBeenCalledTimes(1);
});

test('a new size has it drawn anew once, and hundreds of them a few times', () => {
	const {target, signals, onResize} = listened();
	const resize = () => {
		target.emit('resize');
		signals.emit('SIGWINCH');
	};
	resize();
	vi.runAllTimers();
	expect(onResize).toHaveBeenCalledTimes(1);
	for (let count = 0; count < 300; count++) resize();
	vi.runAllTimers();
	expect(onResize).toHaveBeenCalledTimes(3);
});

test('no listener is left once nobody listens', () => {
	const {target, signals, leave} = listened();
	const counts = () => [signals.listenerCount('SIGWINCH'), target.listenerCount('resize')];
	expect(counts()).toEqual([1, 1]);
	leave();
	expect(counts()).toEqual([0, 0]);
});

test('a terminal that tells no size is drawn on as one of 80x24, until it tells one', () => {
	const target = Object.assign(new EventEmitter(), {columns: 0, rows: 0});
	const stdout = terminalStdout(target as unknown as NodeJS.WriteStream, {
		isOurs: () => true,
		onResize() {},
		signals: new EventEmitter(),
	});
	expect([stdout.columns, stdout.rows]).toEqual([80, 24]);
	Object.assign(target, {columns: 100, rows: 30});
	expect([stdout.columns, stdout.rows]).toEqual([100, 30]);
});
