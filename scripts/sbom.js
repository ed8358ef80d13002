import {folderOf, foldersOf} from './licences.js';

/** The package URL of an npm package (https://github.com/package-url/purl-spec). */
const purlOf = ({name, version}) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const component = ({name, version, license}, type) => ({
	type,
	'bom-ref': purlOf({name, version}),
	name,
	version,
	licenses: [{license: {id: license}}],
	purl: purlOf({name, version}),
});

const byText = (left, right) => (left < right ? -1 : 1);

/** A lock file names a package only where its folder does not. */
const nameIn = folder => /node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(folder)[1];

/** A sum as a lock file writes it, `sha512-…` in base64. */
function hashesOf(integrity) {
	const [algorithm, sum] = integrity.split('-', 2);
	return [{alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(sum, 'base64').toString('hex')}];
}

/**
 * The bill of materials of what the bundler took, in CycloneDX: each package with its sum in the lock file, and which
 * packages it imports. It has no time and no serial number, so that the same sources give the same bytes.
 */
export function sbomOf(own, metafile, {packages: locked}) {
	const refs = new Map();
	const parts = new Map();
	for (const folder of foldersOf(metafile)) {
		const {name = nameIn(folder), version, license, integrity} = locked[folder];
		const part = {...component({name, version, license}, 'library'), hashes: hashesOf(integrity)};
		refs.set(folder, part['bom-ref']);
		// Some are installed twice, in the same version.
		parts.set(part['bom-ref'], part);
	}

	const root = component(own, 'application');
	const refOf = file => refs.get(folderOf(file)) ?? root['bom-ref'];
	const imported = new Map([root['bom-ref'], ...[...parts.keys()].toSorted(byText)].map(ref => [ref, new Set()]));
	for (const [file, {imports}] of Object.entries(metafile.inputs)) {
		const from = refOf(file);
		for (const {path} of imports)
			if (refs.has(folderOf(path)) && refOf(path) !== from) imported.get(from)?.add(refOf(path));
	}

	return {
		$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: {component: root},
		components: [...parts.keys()].toSorted(byText).map(ref => parts.get(ref)),
		dependencies: [...imported].map(([ref, others]) => ({ref, dependsOn: [...others].toSorted(byText)})),
	};
}

/** Of `process.versions`, what is no part of Node but the number of an interface or of a table. */
const notParts = new Set(['node', 'modules', 'napi', 'unicode', 'cldr', 'tz']);

/** The same for an executable: with its Node, and with the libraries that are part of that. */
export function sbomWithNode({metadata, components, dependencies, ...bill}, {name, version, integrity}, versions) {
	const ref = purlOf({name, version});
	const node = {
		type: 'platform',
		'bom-ref': ref,
		name: 'node',
		version,
		licenses: [{license: {name: 'Node.js'}}],
		purl: ref,
		hashes: hashesOf(integrity),
		components: Object.entries(versions)
			.filter(([part, version]) => !notParts.has(part) && version !== '')
			.map(([part, version]) => ({
				type: 'library',
				'bom-ref': `pkg:generic/${part}@${version}`,
				name: part,
				version,
				purl: `pkg:generic/${part}@${version}`,
			})),
	};
	const [root, ...others] = dependencies;
	return {
		...bill,
		metadata,
		components: [node, ...components],
		dependencies: [{...root, dependsOn: [ref, ...root.dependsOn]}, ...others],
	};
}
