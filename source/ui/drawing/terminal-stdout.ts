/**
 * The terminal's output for Ink. Nothing is written while `isOurs` returns false: another program has the terminal
 * then.
 */
export function terminalStdout(target: NodeJS.WriteStream, isOurs: () => boolean): NodeJS.WriteStream {
	const write = (...words: Parameters<NodeJS.WriteStream['write']>) => {
		if (isOurs()) return target.write(...words);
		const done = words.findLast(word => typeof word === 'function');
		if (done) queueMicrotask(done);
		return true;
	};
	return new Proxy(target, {
		get(_, name) {
			if (name === 'write') return write;
			const member: unknown = Reflect.get(target, name);
			return typeof member === 'function' ? member.bind(target) : member;
		},
	});
}
