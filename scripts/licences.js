import fs from 'node:fs/promises';
import path from 'node:path';

/** Another licence must be read before its package is bundled. */
const allowed = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0']);
/** Texts for packages that ship none, from their repositories: `NAME.txt`, a scope's `/` as `__`. */
const kept = path.join(import.meta.dirname, 'licences');

/** The folder of the package that a bundled file is from; undefined for our own. */
export const folderOf = file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];

/** The folders of the packages of which anything is bundled. */
export function foldersOf({outputs}) {
	const files = Object.values(outputs).flatMap(({inputs}) => Object.keys(inputs));
	return [...new Set(files.map(folderOf).filter(folder => folder !== undefined))];
}

async function packageAt(folder) {
	const {name, version, license} = JSON.parse(await fs.readFile(path.join(folder, 'package.json'), 'utf8'));
	if (!allowed.has(license))
		throw new Error(
			`${name} ${version} is licensed as ${license ?? 'nothing'}: read it, then allow it in scripts/licences.js`,
		);
	const own = (await fs.readdir(folder))
		.filter(file => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(file))
		.toSorted()
		.map(file => path.join(folder, file));
	const files = own.some(file => !/notice/i.test(path.basename(file)))
		? own
		: [...own, path.join(kept, `${name.replace('/', '__')}.txt`)];
	const texts = await Promise.all(
		files.map(file =>
			fs.readFile(file, 'utf8').catch(() => {
				throw new Error(`${name} ${version} ships no licence text: put that of its repository into scripts/licences`);
			}),
		),
	);
	const text = texts.map(one => one.replaceAll('\r\n', '\n').trim()).join('\n\n');
	if (text.length < 300) throw new Error(`${name} ${version}: what it ships is no licence text`);
	return {title: `${name} ${version}`, license, text};
}

/** Each wording once. Rejects if a licence is missing or not allowed. */
export async function thirdPartyLicences(metafile) {
	const packages = await Promise.all(foldersOf(metafile).map(folder => packageAt(folder)));
	const groups = Map.groupBy(
		packages.toSorted((left, right) => (left.title < right.title ? -1 : 1)),
		({license, text}) => `License: ${license}\n\n${text}`,
	);
	const parts = [...groups].map(
		([text, those]) => `${[...new Set(those.map(({title}) => title))].join('\n')}\n${text}`,
	);
	return (
		'These packages are part of okx-keys, each under the licence that stands below it.\n\n' +
		parts.map(part => `${'-'.repeat(78)}\n${part}\n`).join('\n')
	);
}
