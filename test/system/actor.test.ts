import os from 'node:os';
import {afterEach, expect, test, vi} from 'vitest';
import {actorHere} from '../../source/system/actor.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

test('who is at work is the user and the host of the system', () => {
	expect(actorHere({USER: 'someone else', LOGNAME: 'another'})).toEqual({
		user: os.userInfo().username,
		host: os.hostname(),
	});
});

test.each([
	[{SSH_CONNECTION: '203.0.113.9 50000 198.51.100.1 22', SSH_CLIENT: '192.0.2.1 1 22'}, '203.0.113.9'],
	[{SSH_CLIENT: '2001:db8::12 50000 22'}, '2001:db8::12'],
	[{SSH_CONNECTION: '', SSH_CLIENT: '192.0.2.1 1 22'}, '192.0.2.1'],
	[{SSH_CONNECTION: '\u001B[31mred 1 2 3'}, undefined],
	[{SSH_CONNECTION: 'UNKNOWN 65535 UNKNOWN 65535'}, undefined],
	[{}, undefined],
])('the client of SSH is told where %j names an address', (environment, client) => {
	expect(actorHere(environment).client).toBe(client);
});

test('a user that the system does not list has a number', () => {
	vi.spyOn(os, 'userInfo').mockImplementation(() => {
		throw new Error('ENOENT: no such file or directory, uv_os_get_passwd');
	});
	expect(actorHere({}).user).toMatch(/^uid \d+$/);
});
