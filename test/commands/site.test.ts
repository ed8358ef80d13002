import {expect, test} from 'vitest';
import {givenSite} from '../../source/cli/site.ts';
import {settingsAt} from '../helpers/settings.ts';

function given(site: string | undefined): {readonly site: string | undefined; readonly notes: readonly string[]} {
	const notes: string[] = [];
	return {
		site: givenSite(site, {
			context: {settings: settingsAt()},
			io: {note: text => void notes.push(text)},
		}),
		notes,
	};
}

test.each([
	['my.okx.com', '--site my.okx.com is the site eea.'],
	['https://my.okx.com/account/my-api', '--site https://my.okx.com/account/my-api is the site eea.'],
	['EEA', '--site EEA is the site eea.'],
	['myokx', '--site myokx is the site eea.'],
])('--site %s is the site eea, and that is said', (word, note) => {
	expect(given(word)).toEqual({site: 'eea', notes: [note]});
});

test.each(['', ' '])('--site %j names no site, and is told as it was given', word => {
	expect(() => given(word)).toThrow('“” is not a site of the exchange.');
});

test.each(['eea', 'tr', 'sandbox', 'http://127.0.0.1:8080'])('nothing is said of --site %s', word => {
	expect(given(word)).toEqual({site: word, notes: []});
});

test('without the option there is no site, and an unknown one throws', () => {
	expect(given(undefined)).toEqual({site: undefined, notes: []});
	expect(() => given('eu')).toThrow(
		expect.objectContaining({code: 'site-unknown', hint: expect.stringMatching(/^Did you mean eea\?/) as string}),
	);
});
