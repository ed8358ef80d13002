import {expect, test} from 'vitest';
import {showsUnicode} from '../../source/system/terminal/locale.ts';

test.each([
	[{LANG: 'en_US.UTF-8'}, true],
	[{LANG: 'C.utf8'}, true],
	[{LC_CTYPE: 'UTF-8'}, true],
	[{LC_ALL: '', LC_CTYPE: '', LANG: 'de_DE.UTF-8@euro'}, true],
	[{}, false],
	[{LANG: 'C'}, false],
	[{LANG: 'POSIX'}, false],
	[{LANG: 'en_US'}, false],
	[{LANG: 'de_DE.ISO-8859-1'}, false],
	[{LC_ALL: 'C', LC_CTYPE: 'en_US.UTF-8', LANG: 'en_US.UTF-8'}, false],
	[{LC_CTYPE: 'C', LANG: 'en_US.UTF-8'}, false],
	[{LANG: 'en_US.UTF-8', TERM: 'linux'}, false],
])('signs beyond ASCII are drawn only where the terminal shows them: %j', (environment, shows) => {
	expect(showsUnicode(environment)).toBe(shows);
});
