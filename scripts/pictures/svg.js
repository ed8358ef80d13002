// Draws the cells of a terminal as SVG. Its colours are its own, so that it reads alike on light and dark pages.
const cell = {width: 8.4, height: 18, baseline: 13};
const margin = 14;
const background = '#11151c';
const foreground = '#c9d1d9';
/** The sixteen colours of a terminal. */
const palette = [
	'#484f58',
	'#ff7b72',
	'#3fb950',
	'#d29922',
	'#58a6ff',
	'#bc8cff',
	'#39c5cf',
	'#b1bac4',
	'#6e7681',
	'#ffa198',
	'#56d364',
	'#e3b341',
	'#79c0ff',
	'#d2a8ff',
	'#56d4dd',
	'#f0f6fc',
];

function colour(isDefault, isRgb, value, fallback) {
	if (isDefault) return fallback;
	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : (palette[value] ?? fallback);
}

const number = value => String(Number(value.toFixed(1)));
const escape = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function looksOf(one) {
	const own = colour(one.isFgDefault(), one.isFgRGB(), one.getFgColor(), foreground);
	const behind = colour(one.isBgDefault(), one.isBgRGB(), one.getBgColor(), background);
	const [ink, paper] = one.isInverse() ? [behind, own] : [own, behind];
	const style = [
		ink === foreground ? '' : ` fill="${ink}"`,
		one.isBold() ? ' font-weight="bold"' : '',
		one.isDim() ? ' opacity="0.6"' : '',
		one.isUnderline() ? ' text-decoration="underline"' : '',
	].join('');
	return {paper, style};
}

/**
 * Cells that one element draws: letters of ASCII, or a sign that is repeated. Any other sign stands alone, for a font
 * may draw it wider than a cell.
 */
function runsOf(line) {
	const runs = [];
	for (const [x, one] of line.entries()) {
		const text = one.getChars();
		if (one.getWidth() === 0) continue;
		const {paper, style} = looksOf(one);
		const last = runs.at(-1);
		const isAscii = /^[\x20-\x7E]?$/.test(text);
		const continues =
			last !== undefined &&
			last.x + last.columns === x &&
			last.paper === paper &&
			last.style === style &&
			(isAscii ? last.isAscii : last.sign === text && one.getWidth() === 1);
		if (continues) {
			last.text += text || ' ';
			last.columns += 1;
		} else {
			runs.push({x, text: text || ' ', columns: one.getWidth(), paper, style, isAscii, sign: text});
		}
	}

	return runs;
}

/** Words far apart are drawn one by one: a column stays where it is, whatever the width of a blank. */
function wordsOf({x, text, columns, ...rest}) {
	if (!rest.isAscii) return [{x, text, columns, ...rest}];
	return Array.from(text.matchAll(/\S+(?: \S+)*/g), ({0: words, index}) => ({
		...rest,
		x: x + index,
		text: words,
		columns: words.length,
	}));
}

/** One row of the screen at the height 0. */
function rowOf(line) {
	const runs = runsOf(line);
	const papers = runs
		.filter(({paper}) => paper !== background)
		.map(
			({x, columns, paper}) =>
				`<rect x="${number(x * cell.width)}" width="${number(columns * cell.width + 0.1)}" ` +
				`height="${cell.height}" fill="${paper}"/>`,
		);
	const words = runs
		.flatMap(run => wordsOf(run))
		.map(
			({x, text, columns, style}) =>
				`<text x="${number(x * cell.width)}" y="${cell.baseline}"${style}` +
				`${columns > 1 ? ` textLength="${number(columns * cell.width)}"` : ''}>${escape(text)}</text>`,
		);
	return [...papers, ...words].join('');
}

const blank = row => !row.includes('<');

function page({columns, rows, extra = 0}, body, about) {
	const [width, height] = [columns * cell.width + 2 * margin, rows * cell.height + 2 * margin + extra];
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${height}" ` +
		`width="${number(width)}" height="${height}" role="img" fill="${foreground}" font-size="14" ` +
		'font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace">' +
		`<title>${escape(about)}</title>` +
		`<rect width="100%" height="100%" rx="8" fill="${background}"/>${body}</svg>\n`
	);
}

/** One screen. */
export function pictureOf(lines, about) {
	const rows = lines
		.map(line => rowOf(line))
		.map((row, y) =>
			blank(row) ? '' : `<g transform="translate(${margin} ${margin + y * cell.height})">${row}</g>\n`,
		);
	return page({columns: lines[0].length, rows: lines.length}, rows.join(''), about);
}

const captionHeight = 30;

/**
 * Screens one after another, each for its time in ms with its caption below, without end. Who wants less motion gets
 * the first one. A row that several screens have is written once.
 */
export function filmOf(frames, about) {
	const [columns, count] = [frames[0].lines[0].length, frames[0].lines.length];
	const [width, height] = [columns * cell.width + 2 * margin, count * cell.height + 2 * margin];
	const known = new Map();
	const idOf = row => {
		if (!known.has(row)) known.set(row, `r${known.size}`);
		return known.get(row);
	};
	const screens = frames.map(({lines, caption}, index) => {
		const rows = lines
			.map(line => rowOf(line))
			.map((row, y) => (blank(row) ? '' : `<use href="#${idOf(row)}" y="${y * cell.height}"/>`));
		const words = `<text y="${height - margin + 4}" fill="#f0f6fc">${escape(caption)}</text>`;
		return `<g transform="translate(${number(index * width + margin)} ${margin})">${rows.join('')}${words}</g>\n`;
	});
	const total = frames.reduce((sum, {ms}) => sum + ms, 0);
	let passed = 0;
	const stops = frames.map(({ms}, index) => {
		const stop = `${((passed / total) * 100).toFixed(2)}%{transform:translateX(${number(-index * width)}px)}`;
		passed += ms;
		return stop;
	});
	const style =
		`<style>@keyframes f{${stops.join('')}}#f{animation:f ${total}ms step-end infinite}` +
		'@media(prefers-reduced-motion:reduce){#f{animation:none}}</style>';
	const rows = [...known].map(([row, id]) => `<g id="${id}">${row}</g>\n`);
	return page(
		{columns, rows: count, extra: captionHeight},
		`${style}<defs>${rows.join('')}</defs><g id="f">${screens.join('')}</g>`,
		about,
	);
}
