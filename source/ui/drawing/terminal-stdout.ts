import {EventEmitter} from 'node:events';

/** The least time between two changes of the size that are drawn, ms. */
const leastMs = 50;

type Options = {
	/** Nothing is written while it returns false: another program has the terminal then. */
	readonly isOurs: () => boolean;
	/** Called before Ink is told of a new size. */
	readonly onResize: () => void;
};

/**
 * The terminal's output for Ink. While a window is dragged, its size changes faster than a screen can be drawn; most of
 * that is passed over.
 */
export function terminalStdout(target: NodeJS.WriteStream, {isOurs, onResize}: Options): NodeJS.WriteStream {
	const write = (...words: Parameters<NodeJS.WriteStream['write']>) => {
		if (isOurs()) return target.write(...words);
		const done = words.findLast(word => typeof word === 'function');
		if (done) queueMicrotask(done);
		return true;
	};
	const resizes = resizesOf(target, onResize);
	const own: Readonly<Record<string | symbol, unknown>> = {
		write,
		on: (event: string, listener: () => void) => (event === 'resize' ? resizes : target).on(event, listener),
		off: (event: string, listener: () => void) => (event === 'resize' ? resizes : target).off(event, listener),
	};
	return new Proxy(target, {
		get(_, name) {
			if (Object.hasOwn(own, name)) return own[name];
			const member: unknown = Reflect.get(target, name);
			return typeof member === 'function' ? member.bind(target) : member;
		},
	});
}

/** The first change of the size at once, and of those that follow soon the last. It listens while it is listened to. */
function resizesOf(target: NodeJS.WriteStream, onPass: () => void): EventEmitter {
	const resizes = new EventEmitter();
	let timer: NodeJS.Timeout | undefined;
	let isLate = false;
	const wait = () => {
		timer = setTimeout(() => {
			timer = undefined;
			if (isLate) pass();
		}, leastMs);
	};
	const pass = () => {
		isLate = false;
		wait();
		onPass();
		resizes.emit('resize');
	};
	const onResize = () => {
		if (timer === undefined) pass();
		else isLate = true;
	};
	resizes.on('newListener', () => {
		if (resizes.listenerCount('resize') === 0) target.on('resize', onResize);
	});
	resizes.on('removeListener', () => {
		if (resizes.listenerCount('resize') > 0) return;
		target.off('resize', onResize);
		clearTimeout(timer);
		timer = undefined;
	});
	return resizes;
}
