import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import xterm from '@xterm/headless';
import {expect, test} from 'vitest';

type Cells = ReturnType<
	NonNullable<ReturnType<InstanceType<typeof xterm.Terminal>['buffer']['active']['getLine']>>['getCell']
>;
type Step = Readonly<Record<string, string | number | boolean>>;
type Scene = {readonly file: string; readonly about: string; readonly steps: readonly Step[]};

const script = async (file: string): Promise<unknown> =>
	import(pathToFileURL(path.resolve('scripts/pictures', file)).href);
const {film, keyOf, pictures} = (await script('scenes.js')) as {
	readonly film: Scene;
	readonly keyOf: (action: string) => {readonly key: string};
	readonly pictures: readonly Scene[];
};
const {filmOf, pictureOf} = (await script('svg.js')) as {
	readonly filmOf: (
		frames: readonly {readonly lines: readonly (readonly Cells[])[]; readonly caption: string; readonly ms: number}[],
		about: string,
	) => string;
	readonly pictureOf: (lines: readonly (readonly Cells[])[], about: string) => string;
};

const scenes = [...pictures, film];
const svg = (file: string) => fs.readFileSync(path.join('media', file), 'utf8');

/** What a person can read in a picture, row by row. */
const wordsIn = (picture: string) => picture.replaceAll(/<\/g>|<\/title>/g, '\n').replaceAll(/<[^>]*>/g, ' ');

/** The forms of what the sandbox makes: an API key, a secret key, a passphrase. */
const secrets = [
	/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i,
	/(?<!\w)[\dA-F]{32}(?!\w)/i,
	/(?<!\S)(?=\S*\d)(?=\S*[A-Z])(?=\S*[a-z])(?=\S*[!*+.:=@^_~-])[\w!*+.:=@^~-]{24}(?!\S)/,
];

async function screen(text: string, columns = 20, rows = 2) {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	await new Promise<void>(resolve => {
		terminal.write(text, resolve);
	});
	return Array.from({length: rows}, (_, y) =>
		Array.from({length: columns}, (__, x) => terminal.buffer.active.getLine(y)!.getCell(x)),
	);
}

test('the README shows every picture that is made, with the same words for those who do not see it', () => {
	const readme = fs.readFileSync('README.md', 'utf8');
	for (const {file, about} of scenes) expect(readme).toContain(`![${about}](media/${file})`);
	expect(fs.readdirSync('media').toSorted()).toEqual(scenes.map(({file}) => file).toSorted());
});

test.each(scenes)('$file presses only keys that the keymap has', ({steps}) => {
	for (const {press} of steps) if (press !== undefined) expect(keyOf(String(press)).key).not.toBe('');
});

test('an action that the keymap does not have is refused', () => {
	expect(() => keyOf('keyList.dance')).toThrow('There is no action keyList.dance');
	expect(() => keyOf('dance.create')).toThrow('There is no action dance.create');
});

test.each(scenes)('$file is small, shows the sandbox, and no secret of it', ({file}) => {
	expect(fs.statSync(path.join('media', file)).size).toBeLessThan((file === film.file ? 300 : 60) * 1000);
	const words = wordsIn(svg(file));
	expect(words).toContain('SANDBOX');
	for (const secret of secrets) expect(words).not.toMatch(secret);
	expect(words).not.toContain('a picture for the README');
});

test.each(['b7d0bf9a-9b1e-4f53-a8c1-6d0c0f8a53c1', '9F86D081884C7D659A2FEAA0C55AD015', 'hR4+mT9.kW2_pZ6=vB8~nQ3!'])(
	'a picture that shows %s is found',
	async secret => {
		const words = wordsIn(pictureOf(await screen(`  Secret  ${secret} x`, 80), 'a picture'));
		expect(secrets.some(form => form.test(words))).toBe(true);
	},
);

test('a picture keeps columns, wide letters and signs in their places', async () => {
	const picture = pictureOf(await screen('a & b   c\r\n漢✓<'), 'two rows');
	expect(picture).toContain('<text x="0" y="13" textLength="42">a &amp; b</text>');
	expect(picture).toContain('<text x="67.2" y="13">c</text>');
	expect(picture).toMatch(/>漢<\/text><text x="16\.8" y="13">✓<\/text><text x="25\.2" y="13">&lt;<\/text>/);
	expect(picture).toContain('<title>two rows</title>');
});

test('a film shows each screen for its time, and the first one to who wants less motion', async () => {
	const [one, other] = [await screen('one\r\nsame'), await screen('other\r\nsame')];
	const film = filmOf(
		[
			{lines: one, caption: 'first', ms: 3000},
			{lines: other, caption: 'then', ms: 1000},
		],
		'a film',
	);
	expect(film).toContain('@keyframes f{0.00%{transform:translateX(0px)}75.00%{transform:translateX(-196px)}}');
	expect(film).toContain('animation:f 4000ms step-end infinite');
	expect(film).toContain('@media(prefers-reduced-motion:reduce){#f{animation:none}}');
	expect(film.match(/>same</g)).toHaveLength(1);
});
