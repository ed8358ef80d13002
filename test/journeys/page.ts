import fs from 'node:fs';

export type Block = {
	readonly language: string;
	readonly text: string;
	/** The heading above it. */
	readonly section: string;
};

/** The blocks of code below a heading of a page, in their order. */
export function blocksOf(file: string, heading: string): readonly Block[] {
	const page = fs.readFileSync(file, 'utf8');
	const [, below = ''] = page.split(`\n## ${heading}\n`, 2);
	const [part = ''] = below.split(/\n## /, 1);
	let section = heading;
	return part.split(/^(?=### |```\w+$)/m).flatMap(piece => {
		section = /^### (.*)$/m.exec(piece)?.[1] ?? section;
		const [, language, text] = /^```(\w+)\n([^]*?)^```$/m.exec(piece) ?? [];
		return language === undefined || text === undefined ? [] : [{language, text, section}];
	});
}
