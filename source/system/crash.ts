type Handler = (error: unknown) => void;

const handlers: Handler[] = [];

/**
 * Has the newest handler receive each error and rejection that nothing has caught, instead of Node, which would print
 * its message and stack. Returns the function that removes this one.
 */
export function onCrash(handle: Handler): () => void {
	if (handlers.length === 0) process.on('uncaughtException', passOn);
	handlers.push(handle);
	return () => {
		handlers.splice(handlers.indexOf(handle), 1);
		if (handlers.length === 0) process.off('uncaughtException', passOn);
	};
}

function passOn(error: unknown): void {
	handlers.at(-1)?.(error);
}
