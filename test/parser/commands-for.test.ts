import {expect, test} from 'vitest';
import {commands} from '../../source/commands/index.ts';
import {commandsFor, readRequest} from '../../source/parser/request.ts';

test.each([[[]], [['--vault', 'v.json']], [['--ascii', '--vault=v.json', '--readonly']], [['--sandbox']]])(
	'%j is about no command, and none is loaded',
	words => {
		expect(commandsFor(words)).toEqual([]);
		expect(readRequest(words).kind).toBe('full-screen');
	},
);

test.each([[['lst']], [['--help']], [['--version']], [['--unknown']], [['--vault', 'v.json', 'edit']]])(
	'%j may be about any command',
	words => {
		expect(commandsFor(words)).toEqual(expect.arrayContaining([...commands]));
	},
);
