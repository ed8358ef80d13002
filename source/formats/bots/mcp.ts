import {msg} from '../../language/translate.ts';
import {isObject} from '../../core/is-object.ts';
import type {Format} from '../format.ts';
import {has, listOf, memberOf, type Source} from '../source.ts';
import {readToml, readYaml} from '../text-formats.ts';
import {keysInVariables} from '../variables.ts';

/** Of most clients, of VS Code, of Zed, and of Codex. */
const lists = ['mcpServers', 'servers', 'context_servers', 'mcp_servers'];

type Server = readonly [name: string, variables: unknown];

/** opencode and the settings of VS Code have their servers in `mcp`, Claude Code has some for each project. */
function serversIn(file: unknown): readonly Server[] {
	const mcp = memberOf(file, 'mcp');
	const projects = listOf(memberOf(file, 'projects')).map(([, project]) => project);
	const all = [file, mcp, ...projects].flatMap(one => lists.flatMap(list => listOf(memberOf(one, list))));
	return [...all, ...listOf(mcp)].flatMap(([key, server]): readonly Server[] => {
		const variables = memberOf(server, 'env') ?? memberOf(server, 'environment');
		// Continue has a list, whose members name themselves.
		const name = memberOf(server, 'name');
		return isObject(variables) ? [[typeof name === 'string' ? name : key, variables]] : [];
	});
}

const isToml = ({beginning}: Source) => /^\s*\[mcp_servers\./m.test(beginning);

/** The environments of the servers that an MCP client starts. */
export const mcp: Format = {
	about: msg`the configuration of an MCP client`,
	extension: '.json',
	isLossy: true,
	looksLike(source) {
		const {value} = source.json();
		if (value !== undefined) return has(value, 'mcpServers') || serversIn(value).length > 0;
		return isToml(source) || /^(\s*\{[^{]*"mcpServers"\s*:\s*\{|mcpServers:)/m.test(source.beginning);
	},
	async parse(source) {
		const read = async () => (isToml(source) ? readToml(source) : (await readYaml(source))[0]);
		// Samples have # comments, with which JSON is YAML.
		return serversIn(source.json().value ?? (await read())).flatMap(([name, variables]) =>
			keysInVariables(variables, name),
		);
	},
};
