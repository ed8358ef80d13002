import {expect, test} from 'vitest';
import {agentPlace} from '../../source/agent/place.ts';

test.each([
	['the folder of the login', {XDG_RUNTIME_DIR: '/run/user/7', XDG_STATE_HOME: '/state'}, '/home/a', '/run/user/7/okx-keys/agent.sock'],
	['else the state folder that is named', {XDG_STATE_HOME: '/state'}, '/home/a', '/state/okx-keys/agent.sock'],
	['else the usual state folder', {}, '/home/a', '/home/a/.local/state/okx-keys/agent.sock'],
	['never one named relatively or not at all', {XDG_RUNTIME_DIR: 'run', XDG_STATE_HOME: ''}, '/home/a', '/home/a/.local/state/okx-keys/agent.sock'],
	['none without a home', {}, '', undefined],
	['the folder of the login without a home', {XDG_RUNTIME_DIR: '/run/user/7'}, '', '/run/user/7/okx-keys/agent.sock'],
])('the socket lies in %s', (_, environment, home, socket) => {
	expect(agentPlace(environment, home, 7)).toEqual(socket && {socket, owner: 7});
});
