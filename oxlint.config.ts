import {defineConfig} from 'oxlint';

/** A room of source/, with the rooms that it may import from besides itself and `language`. From the bottom up. */
const rooms: Readonly<Record<string, readonly string[]>> = {
	language: [],
	core: [],
	files: ['core'],
	exchange: ['core'],
	formats: ['core'],
	vault: ['core', 'files'],
	agent: ['core', 'files'],
	'ssh-agent': ['core', 'vault'],
	scan: ['core', 'files'],
	sandbox: ['core', 'exchange'],
	actions: ['core', 'files', 'exchange', 'formats', 'vault', 'agent', 'scan'],
	cli: ['core', 'exchange', 'vault', 'actions'],
	monitoring: ['core', 'actions'],
	manual: ['core', 'cli'],
	commands: ['core', 'exchange', 'formats', 'vault', 'ssh-agent', 'actions', 'cli', 'monitoring', 'manual'],
	parser: ['core', 'cli', 'commands'],
	system: ['core', 'files', 'vault', 'cli'],
	ui: ['core', 'exchange', 'vault', 'actions'],
};

/** A room that one file of another room may import from, because that file is about it. */
const exceptions: Readonly<Record<string, {readonly room: string; readonly sees: string}>> = {
	'source/commands/sandbox.ts': {room: 'commands', sees: 'sandbox'},
};

/** A package or module of Node, with the only files that may import it. */
const homes: readonly {readonly modules: readonly string[]; readonly files: readonly string[]}[] = [
	{modules: ['ink', 'ink/*', 'ink-text-input', 'react', 'react/*'], files: ['source/ui/**']},
	{modules: ['ky'], files: ['source/exchange/http/sender.ts']},
	{modules: ['conf'], files: ['source/files/replace-file.ts']},
	{modules: ['commander'], files: ['source/parser/**']},
	{
		modules: ['node:fs', 'node:fs/*'],
		files: ['source/files/**', 'source/vault/**', 'source/agent/**', 'source/scan/**', 'source/system/**'],
	},
	{modules: ['node:tty'], files: ['source/system/**', 'source/agent/**']},
	{
		modules: ['node:child_process'],
		files: ['source/system/**', 'source/agent/**', 'source/scan/repository-search.ts'],
	},
	{modules: ['fuzzysort'], files: ['source/core/text/search.ts']},
	{modules: ['ignore'], files: ['source/scan/exclusions.ts']},
	{
		modules: ['process', 'node:process'],
		files: ['source/files/replace-file.ts', 'source/vault/store/file.ts', 'source/vault/rollback-guard.ts'],
	},
];

/** The files that may use the global `process`; all others are given what they need of it. */
const processFiles = [
	'source/start.ts',
	'source/early-prompt.ts',
	'source/main.ts',
	'source/given.ts',
	'source/system/**',
	'source/agent/process.ts',
	'source/ui/run.tsx',
];

/** Files whose texts are for programs or for programmers, beside the translation itself. */
const untranslated = [
	'source/language/**',
	'source/sandbox/**',
	'source/monitoring/prometheus.ts',
	'source/manual/{bash,fish,zsh,roff}.ts',
];

const outside = ['bin/**', 'scripts/**', 'bench/**', 'test/**', '*.config.ts'];

function restrictedImports(room: string, file: string, extra: readonly string[] = []) {
	const seen = [room, 'language', ...(rooms[room] ?? []), ...extra];
	const unseen = Object.keys(rooms).filter(other => !seen.includes(other));
	const isAtHome = (files: readonly string[]) => files.some(glob => glob === file || glob === `source/${room}/**`);
	return [
		'error',
		{
			patterns: [
				{
					group: [...unseen.map(other => `**/${other}/**`), '**/main.ts', '**/compose.ts'],
					message: `${room} may import from ${seen.join(', ')} only: see rooms in oxlint.config.ts.`,
				},
				...homes
					.filter(({files}) => !isAtHome(files))
					.map(({modules, files}) => ({
						group: [...modules],
						message: `Only ${files.join(', ') || 'nothing'} may import this: see homes in oxlint.config.ts.`,
					})),
				...(room === 'core' ? [{group: ['node:*'], message: 'core is pure: it needs nothing of Node.'}] : []),
			],
		},
	] as const;
}

/** Files with a home of their own inside a room, after the rule of that room, which they replace. */
const single = [...homes.flatMap(({files}) => files), ...Object.keys(exceptions)].filter(file => !file.endsWith('**'));

export default defineConfig({
	jsPlugins: ['./scripts/lint/language.js'],
	plugins: ['typescript', 'unicorn', 'react', 'import', 'promise', 'oxc'],
	categories: {correctness: 'error', suspicious: 'error', perf: 'error'},
	env: {node: true, es2024: true},
	ignorePatterns: ['dist', 'node_modules', 'media'],
	rules: {
		'react/react-in-jsx-scope': 'off',
		'no-await-in-loop': 'off',
		'no-shadow': 'off',
		'no-control-regex': 'off',
		'no-underscore-dangle': 'off',
		'import/no-unassigned-import': 'off',
		'import/no-cycle': ['error', {ignoreTypes: false}],
		'unicorn/consistent-function-scoping': 'off',
		'unicorn/no-array-sort': 'error',
		'typescript/no-explicit-any': 'error',
		'typescript/no-floating-promises': 'error',
		'typescript/no-misused-promises': 'off',
		'typescript/no-unsafe-type-assertion': 'off',
		'typescript/consistent-type-imports': 'error',
		'no-console': 'error',
		'no-restricted-globals': [
			'error',
			{name: 'process', message: 'Take what you need as a parameter: see processFiles in oxlint.config.ts.'},
		],
	},
	overrides: [
		...Object.keys(rooms).map(room => ({
			files: [`source/${room}/**`],
			rules: {'no-restricted-imports': restrictedImports(room, '')},
		})),
		...single.map(file => {
			const room = exceptions[file]?.room ?? file.split('/')[1] ?? '';
			const sees = exceptions[file]?.sees;
			return {
				files: [file],
				rules: {'no-restricted-imports': restrictedImports(room, file, sees === undefined ? [] : [sees])},
			};
		}),
		{
			files: ['source/**'],
			excludeFiles: untranslated,
			rules: {'language/translated': 'error', 'language/late': 'error', 'language/whole': 'error'},
		},
		{files: processFiles, rules: {'no-restricted-globals': 'off' as const}},
		{files: outside, rules: {'no-restricted-globals': 'off' as const}},
		{files: ['scripts/**', 'bench/**'], rules: {'no-console': 'off' as const}},
		{
			files: ['test/**'],
			rules: {'typescript/unbound-method': 'off' as const, 'import/no-named-as-default-member': 'off' as const},
		},
	],
});
