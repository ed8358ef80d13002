import {expect, test} from 'vitest';
import {agentEndpoint} from '../../source/agent/endpoint.ts';

test.each([
	[
		'the folder of the login',
		{XDG_RUNTIME_DIR: '/run/user/7', XDG_STATE_HOME: '/state'},
		'/home/a',
		'/run/user/7/okx-keys/agent.sock',
		'/run/user/7',
	],
	['else the state folder that is named', {XDG_STATE_HOME: '/state'}, '/home/a', '/state/okx-keys/agent.sock', '/'],
	['else the usual state folder', {}, '/home/a', '/home/a/.local/state/okx-keys/agent.sock', '/home/a'],
	[
		'never one named relatively or not at all',
		{XDG_RUNTIME_DIR: 'run', XDG_STATE_HOME: ''},
		'/home/a',
		'/home/a/.local/state/okx-keys/agent.sock',
		'/home/a',
	],
	['none without a home', {}, undefined, undefined, undefined],
	[
		'the folder of the login without a home',
		{XDG_RUNTIME_DIR: '/run/user/7'},
		undefined,
		'/run/user/7/okx-keys/agent.sock',
		'/run/user/7',
	],
])(
	'the socket lies in %s, and what may be made for it begins below a folder that is there',
	(_, environment, home, socket, base) => {
		expect(agentEndpoint(environment, home, 7)).toEqual(socket && {socket, owner: 7, base});
	},
);
