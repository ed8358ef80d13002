import {execFileSync} from 'node:child_process';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {
	helpCommand,
	repeatGlobalOptions,
	setOwnCommand,
	suggestedCommand,
	suggestedWithoutOpener,
} from '../../source/core/invocation.ts';
import {prepareSuggestions} from '../../source/parser/request.ts';

beforeEach(() => {
	prepareSuggestions([]);
});

afterEach(() => {
	repeatGlobalOptions([]);
});

/** What the program would get if a person pasted the line into bash. */
function pasted(line: string): string[] {
	const script = `okx-keys() { printf '%s\\0' "$@"; }; ${line}`;
	return execFileSync('bash', ['-c', script], {encoding: 'utf8', env: {PATH: process.env['PATH'], LC_ALL: 'C.UTF-8'}})
		.split('\0')
		.slice(0, -1);
}

describe('suggested-command-runs-more-than-it-says', () => {
	test.each([
		'a;reboot',
		'my bot',
		"it's",
		'"',
		'$(id)',
		'`id`',
		'!!',
		'*',
		'~',
		'#1',
		'',
		'a\nb',
		'a\u202Eb',
		'\u{1F4B0}',
		'é',
		'\\',
		"a\\'\n",
	])('a key called %j arrives as its name alone', name => {
		expect(pasted(suggestedCommand('edit', name, '--ip', '203.0.113.7,2001:db8::/32'))).toEqual([
			'edit',
			name,
			'--ip',
			'203.0.113.7,2001:db8::/32',
		]);
	});

	test.each(['-rf', '--yes', '--'])('a key called %s is no option', name => {
		expect(pasted(suggestedCommand('edit', name, '--env', 'demo'))).toEqual(['edit', '--env', 'demo', '--', name]);
		expect(pasted(suggestedCommand('export', name, '--reveal'))).toEqual(['export', '--reveal', '--', name]);
		expect(suggestedCommand('restore', '--dry-run')).toBe('okx-keys restore --dry-run');
	});

	test('a plain name stays as it is', () => {
		expect(suggestedCommand('show', 'grid-1', '--reveal')).toBe('okx-keys show grid-1 --reveal');
	});
});

test('suggested-command-for-another-vault: the global options of the run come first, quoted too', () => {
	repeatGlobalOptions([['--sandbox'], ['--vault', 'my vault.json']]);
	expect(suggestedCommand('init')).toBe("okx-keys --sandbox --vault 'my vault.json' init");
	expect(pasted(suggestedCommand('show', '-x'))).toEqual(['--sandbox', '--vault', 'my vault.json', 'show', '--', '-x']);
});

test('suggested-command-with-two-openers: a named key file is not joined by the passphrase', () => {
	repeatGlobalOptions([['--sandbox'], ['--passphrase-file', '--key-file'], ['--vault', 'v']]);
	expect(suggestedCommand('list', '--key-file', 'k')).toBe('okx-keys --sandbox --vault v list --key-file k');
	expect(suggestedWithoutOpener('restore')).toBe('okx-keys --sandbox --vault v restore');
});

test('help is of the command that was given, and needs no vault', () => {
	repeatGlobalOptions([['--sandbox']]);
	expect(helpCommand()).toBe('okx-keys --help');
	setOwnCommand('show');
	expect([helpCommand(), helpCommand('list')]).toEqual(['okx-keys show --help', 'okx-keys list --help']);
});
