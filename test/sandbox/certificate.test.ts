import {execFileSync, spawnSync} from 'node:child_process';
import {randomBytes, X509Certificate} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {createAuthority} from '../../source/sandbox/tls/certificate.ts';

const from = Date.parse('2026-01-02T03:04:05Z');
const until = Date.parse('2049-12-31T23:59:59Z');
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const authority = createAuthority('an authority', {from, until}, randomBytes);
const leaf = authority.issue({names: ['localhost', '127.0.0.1'], from, until});

test('a certificate says whose it is, for which names, and from when until when', () => {
	const read = new X509Certificate(leaf.cert);
	expect(read.subject).toBe('O=OKX-keys sandbox\nCN=localhost');
	expect(read.issuer).toBe('O=OKX-keys sandbox\nCN=an authority');
	expect(read.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
	expect([read.validFromDate.getTime(), read.validToDate.getTime()]).toEqual([from, until]);
	expect(read.checkHost('localhost')).toBe('localhost');
	expect(read.ca).toBe(false);
	expect(read.verify(new X509Certificate(authority.cert).publicKey)).toBe(true);
});

test('one that signs itself is signed by no other', () => {
	const own = new X509Certificate(authority.issue({names: ['localhost'], from, until, isOwn: true}).cert);
	expect(own.verify(own.publicKey)).toBe(true);
	expect(own.verify(new X509Certificate(authority.cert).publicKey)).toBe(false);
});

test('no two are alike', () => {
	const serials = Array.from(
		{length: 20},
		() => new X509Certificate(authority.issue({names: ['localhost'], from, until}).cert).serialNumber,
	);
	expect(new Set(serials).size).toBe(20);
});

test.skipIf(!hasOpenssl)('openssl finds nothing wrong with them, however strict it is', () => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-certificate-'));
	onTestFinished(() => fs.rmSync(folder, {recursive: true}));
	fs.writeFileSync(path.join(folder, 'ca.pem'), authority.cert);
	fs.writeFileSync(path.join(folder, 'leaf.pem'), leaf.cert);
	const {status, stdout} = spawnSync(
		'openssl',
		[
			'verify',
			'-x509_strict',
			'-purpose',
			'sslserver',
			'-verify_hostname',
			'localhost',
			'-attime',
			String(from / 1000 + 86_400),
			'-CAfile',
			'ca.pem',
			'leaf.pem',
		],
		{cwd: folder, encoding: 'utf8'},
	);
	expect([status, stdout]).toEqual([0, 'leaf.pem: OK\n']);
	expect(
		execFileSync('openssl', ['x509', '-in', 'ca.pem', '-noout', '-text'], {cwd: folder, encoding: 'utf8'}),
	).toMatch(/CA:TRUE[\s\S]*Certificate Sign/);
});
