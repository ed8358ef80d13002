import {msg} from '../../language/translate.ts';
import type {Format} from '../format.ts';
import {has} from '../source.ts';
export const mcp: Format = {
	about: msg`the configuration of an MCP client`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => has(json().value, 'mcpServers'),
};
