/** Lines of figures, each beside what it must be and what is aimed at. */
export function createTable(headings) {
	const rows = [];
	return {
		/** A line without a budget is there to be looked at. */
		row(what, count, value, unit, [must, aim] = []) {
			const verdict = must === undefined ? '' : value <= aim ? 'as aimed' : value <= must ? 'holds' : 'BROKEN';
			rows.push([
				what,
				count.toLocaleString('en'),
				`${value.toFixed(value < 10 ? 2 : 1)} ${unit}`,
				...[must, aim].map(limit => (limit === undefined ? '' : `${limit} ${unit}`)),
				verdict,
			]);
		},
		/** Prints it; a line that breaks what must hold ends the program with status 1. */
		print() {
			const table = [headings, ...rows];
			const widths = headings.map((_, column) => Math.max(...table.map(cells => cells[column].length)));
			for (const cells of table)
				console.log(
					cells
						.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
						.join('  '),
				);
			console.log('');
			if (rows.some(cells => cells.includes('BROKEN'))) process.exitCode = 1;
		},
	};
}
