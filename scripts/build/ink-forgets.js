/**
 * Ink caches thousands of texts for as long as the program runs, and shown secrets are among them. A cache of one
 * second still spares measuring a text twice during typing.
 */
export const inkForgets = {
	name: 'ink-forgets',
	expects: {
		'ink/build/measure-text.js': [
			"import QuickLRU from 'quick-lru';",
			'const cache = new QuickLRU({ maxSize: 4096 });',
			'cache.get(text)',
			'cache.set(text, dimensions)',
		],
		'ink/build/wrap-text.js': [
			"import QuickLRU from 'quick-lru';",
			'const wrapTextCache = new QuickLRU({ maxSize: 4096 });',
			'wrapTextCache.get(cacheKey)',
			'wrapTextCache.set(cacheKey, wrappedText)',
		],
		// These texts are forgotten with the frame they were drawn for.
		'ink/build/output.js': ['caches = new OutputCaches();'],
	},
	replaces: /^quick-lru$/,
	by: `export default class extends Map {
		constructor() { super(); }
		set(key, value) {
			this.timer ??= setTimeout(() => { this.timer = undefined; this.clear(); }, 1000).unref();
			return super.set(key, value);
		}
	}`,
};
