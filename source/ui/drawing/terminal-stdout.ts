import {EventEmitter} from 'node:events';

/** The least time between two changes of the size that are drawn, ms. */
const leastMs = 50;
/** Of a terminal that tells no size, such as a serial line or `docker exec` without one. */
const usualSize = {columns: 80, rows: 24};

type Options = {
	/** Nothing is written while it returns false: another program has the terminal then. */
	readonly isOurs: () => boolean;
	/** Called when the terminal had another size, before Ink is told of a new one. */
	readonly onResize: () => void;
	/** Emits SIGWINCH. */
	readonly signals: EventEmitter;
};

/**
 * The terminal's output for Ink. While a window is dragged, its size changes faster than a screen can be drawn; most of
 * that is passed over.
 */
export function terminalStdout(target: NodeJS.WriteStream, {isOurs, onResize, signals}: Options): NodeJS.WriteStream {
	const write = (...words: Parameters<NodeJS.WriteStream['write']>) => {
		if (isOurs()) return target.write(...words);
		const done = words.findLast(word => typeof word === 'function');
		if (done) queueMicrotask(done);
		return true;
	};
	const resizes = resizesOf(target, signals, onResize);
	const own: Readonly<Record<string | symbol, unknown>> = {
		write,
		on: (event: string, listener: () => void) => (event === 'resize' ? resizes : target).on(event, listener),
		off: (event: string, listener: () => void) => (event === 'resize' ? resizes : target).off(event, listener),
	};
	return new Proxy(target, {
		get(_, name) {
			if (Object.hasOwn(own, name)) return own[name];
			if (name === 'columns' || name === 'rows') return target[name] || usualSize[name];
			const member: unknown = Reflect.get(target, name);
			return typeof member === 'function' ? member.bind(target) : member;
		},
	});
}

/** The first change of the size at once, and of those that follow soon the last. It listens while it is listened to. */
function resizesOf(target: NodeJS.WriteStream, signals: EventEmitter, onPass: () => void): EventEmitter {
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
	const onChange = () => {
		if (timer === undefined) pass();
		else isLate = true;
	};
	let hasNewSize = false;
	const onResize = () => {
		hasNewSize = true;
		onChange();
	};
	// Of a size that is the old one again, Node does not tell; what the terminal cut off meanwhile is lost all the same.
	const onSignal = () => {
		if (!hasNewSize) onChange();
		hasNewSize = false;
	};
	resizes.on('newListener', name => {
		if (name !== 'resize' || resizes.listenerCount('resize') > 0) return;
		target.on('resize', onResize);
		signals.on('SIGWINCH', onSignal);
	});
	resizes.on('removeListener', () => {
		if (resizes.listenerCount('resize') > 0) return;
		target.off('resize', onResize);
		signals.off('SIGWINCH', onSignal);
		clearTimeout(timer);
		timer = undefined;
	});
	return resizes;
}
