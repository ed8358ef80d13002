/** The tables of wide characters and emoji take 20 ms to set up, and most of what is shown is ASCII. */
export const widthsWhenNeeded = {
	name: 'widths-when-needed',
	expects: {
		'string-width/index.js': [
			'export default function stringWidth(input, options = {})',
			String.raw`if (/^[\u0020-\u007E]*$/.test(string)) {
		return string.length;`,
		],
	},
	setup(builder) {
		let only;
		builder.onResolve({filter: /^string-width$/}, async ({namespace, resolveDir, importer, kind}) => {
			if (namespace === 'widths') return undefined;
			const {path} = await builder.resolve('string-width', {namespace: 'widths', resolveDir, kind});
			only ??= path;
			return path === only
				? {path: 'string-width', namespace: 'widths', pluginData: {resolveDir}}
				: {errors: [{text: `${importer} brings a string-width of its own: install one version for all`}]};
		});
		builder.onLoad({filter: /.*/, namespace: 'widths'}, ({pluginData}) => ({
			contents: `let whole;
			export default function width(text, options) {
				return /^[\x20-\x7E]*$/.test(text) ? text.length : (whole ??= require('string-width').default)(text, options);
			}`,
			resolveDir: pluginData.resolveDir,
		}));
	},
};
