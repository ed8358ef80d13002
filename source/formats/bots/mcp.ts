import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {has, listOf, memberOf} from '../source.ts';
import {readYaml} from '../text-formats.ts';
import {keysInVariables} from '../variables.ts';

/** The environments of the servers that an MCP client starts. */
export const mcp: Format = {
	about: msg`the configuration of an MCP client`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json, beginning}) =>
		json().value === undefined ? /^\s*\{[^{]*"mcpServers"\s*:\s*\{/.test(beginning) : has(json().value, 'mcpServers'),
	async parse(source) {
		// Samples have # comments, with which JSON is YAML.
		const value = source.json().value ?? (await readYaml(source))[0];
		return listOf(memberOf(value, 'mcpServers')).flatMap(([name, server]) =>
			keysInVariables(memberOf(server, 'env'), name),
		);
	},
};
