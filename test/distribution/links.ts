import fs from 'node:fs';
import path from 'node:path';

/** The links between files in the documents of a folder, of which nothing is there. */
export function brokenLinksIn(folder: string): readonly string[] {
	return fs
		.readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.filter(file => file.endsWith('.md'))
		.flatMap(file => {
			const text = fs.readFileSync(path.join(folder, file), 'utf8').replaceAll(/^```[^]*?^```$/gm, '');
			return Array.from(text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g), ([, target]) =>
				path.join(path.dirname(file), target!),
			);
		})
		.filter(target => !fs.existsSync(path.join(folder, target)));
}
