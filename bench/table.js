const headings = ['', 'against', 'ours', 'reference', 'ratio', 'limit', ''];
const inWords = [true, true, false, false, false, false, true];

const figure = value => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function cellsOf({what, against, ours, reference, unit, ratio, limit, holds}) {
	return [
		what,
		against,
		`${figure(ours)} ${unit}`,
		`${figure(reference)} ${unit}`,
		`${ratio.toFixed(2)}x`,
		`${limit}x`,
		holds ? 'holds' : 'MISSED',
	];
}

/** The rows as lines of text, below a line of headings. */
export function tableOf(rows) {
	const table = [headings, ...rows.map(cellsOf)];
	const widths = headings.map((_, column) => Math.max(...table.map(cells => cells[column].length)));
	return table.map(cells =>
		cells
			.map((cell, column) => (inWords[column] ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
			.join('  ')
			.trimEnd(),
	);
}
