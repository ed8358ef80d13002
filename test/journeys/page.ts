import fs from 'node:fs';

export type Block = {
	readonly language: string;
	readonly text: string;
	/** The heading of the second level above it. */
	readonly chapter: string;
	/** The nearest heading above it. */
	readonly section: string;
};

/** The blocks of code of a page, in their order. */
export function blocksOf(file: string): readonly Block[] {
	const blocks: Block[] = [];
	let [chapter, section] = ['', ''];
	const parts = /^(?<marks>#+) (?<heading>.*)$|^```(?<language>\w*)\n(?<text>[^]*?)^```$/gm;
	for (const {groups} of fs.readFileSync(file, 'utf8').matchAll(parts)) {
		const {marks, heading, language, text} = groups as Readonly<Record<string, string | undefined>>;
		if (heading !== undefined) {
			section = heading;
			if (marks === '##') chapter = heading;
		} else if (language !== undefined && text !== undefined) blocks.push({language, text, chapter, section});
	}

	return blocks;
}

/** The only block of a language in a page, or in a chapter of it. */
export function blockOf(file: string, language: string, chapter?: string): string {
	const found = blocksOf(file).filter(
		block => block.language === language && (chapter === undefined || block.chapter === chapter),
	);
	if (found.length !== 1) throw new Error(`${file} has ${found.length} blocks of ${language}.`);
	return found[0]!.text;
}
