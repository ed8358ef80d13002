import {expect, test} from 'vitest';
import {apiKey, parse, said, secret, usual} from './imported.ts';

const variables = (end: string) => ({OKX_API_KEY: apiKey(end), OKX_SECRET_KEY: secret(end), OKX_PASSPHRASE: usual});
const server = (end: string) => ({command: 'npx', args: ['-y', 'okx-trade-mcp'], env: variables(end)});
const key = (name: string, end: string) => [name, '-', 'okx', apiKey(end), secret(end), usual];

test.each([
	['Claude Desktop and Cursor', {mcpServers: {one: server('00'), other: {command: 'x'}}}],
	['VS Code', {inputs: [], servers: {one: {type: 'stdio', ...server('00')}}}],
	['the settings of VS Code', {'editor.fontSize': 12, mcp: {servers: {one: server('00')}}}],
	['Zed', {theme: 'One', context_servers: {one: server('00')}}],
	['opencode', {mcp: {one: {type: 'local', command: ['npx'], environment: variables('00')}}}],
	['Claude Code', {numStartups: 3, mcpServers: {}, projects: {'/home/me/bot': {mcpServers: {one: server('00')}}}}],
])('a configuration of %s gives the keys of its servers', async (_, file) => {
	expect((await parse(JSON.stringify(file))).map(entry => said(entry))).toEqual([key('one', '00')]);
});

test('a configuration of Claude Code gives the keys of all projects', async () => {
	const file = {mcpServers: {a: server('00')}, projects: {'/x': {mcpServers: {b: server('01')}}, '/y': {}}};
	expect((await parse(JSON.stringify(file))).map(entry => said(entry))).toEqual([key('a', '00'), key('b', '01')]);
});

test('a configuration of Codex gives the keys of its servers, each under its name', async () => {
	const table = (name: string, end: string) =>
		`[mcp_servers.${name}]\ncommand = "npx"\n\n[mcp_servers.${name}.env]\n${Object.entries(variables(end))
			.map(([variable, value]) => `${variable} = "${value}"\n`)
			.join('')}\n`;
	const text = `model = "some"\n\n${table('one', '00')}${table('"the other"', '01')}`;
	expect((await parse(text)).map(entry => said(entry))).toEqual([key('one', '00'), key('the other', '01')]);
});

test('a configuration of Continue, which is YAML, gives the keys of its servers', async () => {
	const env = Object.entries(variables('00')).map(([name, value]) => `      ${name}: ${value}\n`);
	const text = `name: mine\nmcpServers:\n  - name: one\n    command: npx\n    env:\n${env.join('')}`;
	expect((await parse(text)).map(entry => said(entry))).toEqual([key('one', '00')]);
});

test('a value that the client asks for is told to be in no file', async () => {
	const env = {OKX_API_KEY: '${input:key}', OKX_SECRET_KEY: '${env:SECRET}', OKX_PASSPHRASE: 'CANARY'};
	const [entry] = await parse(JSON.stringify({servers: {one: {env}}}));
	expect(said(entry!)).toEqual(['one', 'refused', 'The API key is taken from a variable that the file does not hold.']);
});
