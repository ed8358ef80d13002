import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {getCACertificates, setDefaultCACertificates} from 'node:tls';
import {onTestFinished} from 'vitest';

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export type Certified = {readonly key: string; readonly cert: string};

/** An authority of our own, made by openssl in a folder of its own. Times are `YYYYMMDDHHMMSSZ`. */
export type Authority = {
	readonly cert: string;
	/** A certificate for a name, signed by the authority, or by itself alone. */
	readonly issue: (wanted: {
		readonly name?: string;
		readonly from?: string;
		readonly until?: string;
		readonly isOwn?: boolean;
	}) => Certified;
	readonly remove: () => void;
};

const config = `
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
organizationName = optional
commonName = supplied
[req]
distinguished_name = none
[none]
`;

export function authority(organization: string): Authority {
	const folder = mkdtempSync(path.join(tmpdir(), 'okx-keys-authority-'));
	const openssl = (...words: string[]) => execFileSync('openssl', words, {cwd: folder, stdio: 'pipe'});
	const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
	const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'openssl.cnf'];
	writeFileSync(path.join(folder, 'openssl.cnf'), config);
	writeFileSync(path.join(folder, 'index.txt'), '');
	openssl(
		'req',
		'-x509',
		'-utf8',
		...newKey,
		'-days',
		'30',
		'-subj',
		`/O=${organization}/CN=root`,
		'-addext',
		'basicConstraints=critical,CA:TRUE',
		'-keyout',
		'ca.key',
		'-out',
		'ca.pem',
	);
	let issued = 0;
	return {
		cert: read('ca.pem'),
		issue({name = 'localhost', from = '20200101000000Z', until = '20490101000000Z', isOwn = false}) {
			const base = `c${issued++}`;
			openssl(
				'req',
				'-new',
				...newKey,
				'-subj',
				`/O=Shown/CN=${name}`,
				'-addext',
				`subjectAltName=DNS:${name}`,
				'-keyout',
				`${base}.key`,
				'-out',
				`${base}.csr`,
			);
			openssl(
				'ca',
				'-batch',
				'-config',
				'openssl.cnf',
				'-startdate',
				from,
				'-enddate',
				until,
				'-notext',
				'-in',
				`${base}.csr`,
				'-out',
				`${base}.pem`,
				...(isOwn ? ['-selfsign', '-keyfile', `${base}.key`] : ['-keyfile', 'ca.key', '-cert', 'ca.pem']),
			);
			return {key: read(`${base}.key`), cert: read(`${base}.pem`)};
		},
		remove: () => rmSync(folder, {recursive: true}),
	};
}

/** Has this process trust an authority until the test is done. */
export function trust({cert}: Authority): void {
	const usual = getCACertificates('default');
	setDefaultCACertificates([...usual, cert]);
	onTestFinished(() => setDefaultCACertificates(usual));
}
