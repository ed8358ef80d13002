import type {Random} from '../../core/random.ts';
import {createHash, generateKeyPairSync, sign, type KeyObject} from 'node:crypto';

export type Certified = {readonly key: string; readonly cert: string};

export type CertificateRequest = {
	/** Host names, or IPv4 addresses. */
	readonly names: readonly string[];
	/** Validity, ms since 1970; whole seconds of the years 1950 to 2049. */
	readonly from: number;
	readonly until: number;
	readonly isOwn?: boolean;
};

export type CertificateAuthority = {
	readonly cert: string;
	readonly issue: (wanted: CertificateRequest) => Certified;
};

type DerPart = Uint8Array;

// The shapes of DER (ITU-T X.690) in a certificate (RFC 5280 §4.1).

function der(tag: number, ...parts: readonly DerPart[]): Buffer {
	const content = Buffer.concat(parts);
	const {length} = content;
	const size = length < 0x80 ? [length] : length < 0x1_00 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly DerPart[]) => der(0x30, ...parts);
const text = (value: string) => der(0x0c, Buffer.from(value));
const octets = (value: DerPart) => der(0x04, value);
const bits = (value: DerPart) => der(0x03, Buffer.from([0]), value);
const yes = der(0x01, Buffer.from([0xff]));

/** The first byte holds two numbers; the others are written in groups of seven bits. */
function identifier(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
	const bytes = rest.flatMap(number => {
		const groups = [number & 0x7f];
		for (let left = number >> 7; left > 0; left >>= 7) groups.unshift(0x80 | (left & 0x7f));
		return groups;
	});
	return der(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function utcTime(ms: number): Buffer {
	return der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
}

function nameOf(common: string): Buffer {
	return sequence(
		der(0x31, sequence(identifier('2.5.4.10'), text('OKX-keys sandbox'))),
		der(0x31, sequence(identifier('2.5.4.3'), text(common))),
	);
}

function extension(dotted: string, isCritical: boolean, value: DerPart): Buffer {
	return sequence(identifier(dotted), ...(isCritical ? [yes] : []), octets(value));
}

const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'));

function alternative(name: string): Buffer {
	return /^\d+(?:\.\d+){3}$/.test(name)
		? der(0x87, Buffer.from(name.split('.').map(Number)))
		: der(0x82, Buffer.from(name));
}

type CertificateBody = {
	readonly issuer: string;
	readonly subject: string;
	readonly from: number;
	readonly until: number;
	readonly publicKey: KeyObject;
	readonly extensions: readonly DerPart[];
};

function certificate(
	{issuer, subject, from, until, publicKey, extensions}: CertificateBody,
	signer: KeyObject,
	random: Random,
): string {
	const serial = Buffer.from([0x40, ...random(15)]);
	const body = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, serial),
		ecdsaWithSha256,
		nameOf(issuer),
		sequence(utcTime(from), utcTime(until)),
		nameOf(subject),
		publicKey.export({type: 'spki', format: 'der'}),
		der(0xa3, sequence(...extensions)),
	);
	const whole = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, signer)));
	return (
		`-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()}\n` +
		'-----END CERTIFICATE-----\n'
	);
}

function newPair() {
	return generateKeyPairSync('ec', {namedCurve: 'P-256'});
}

function keyId(publicKey: KeyObject): Buffer {
	return createHash('sha256')
		.update(publicKey.export({type: 'spki', format: 'der'}))
		.digest()
		.subarray(0, 20);
}

/** The authority's key never leaves the memory of this process. */
export function createAuthority(
	common: string,
	{from, until}: Pick<CertificateRequest, 'from' | 'until'>,
	random: Random,
): CertificateAuthority {
	const own = newPair();
	const id = keyId(own.publicKey);
	const isAuthority = [
		extension('2.5.29.19', true, sequence(yes)),
		extension('2.5.29.15', true, der(0x03, Buffer.from([2, 0x04]))),
		extension('2.5.29.14', false, octets(id)),
	];
	return {
		cert: certificate(
			{issuer: common, subject: common, from, until, publicKey: own.publicKey, extensions: isAuthority},
			own.privateKey,
			random,
		),
		issue({names, from: first, until: last, isOwn = false}) {
			const pair = newPair();
			const subject = names[0] ?? common;
			const extensions = [
				extension('2.5.29.17', false, sequence(...names.map(name => alternative(name)))),
				...(isOwn ? [] : [extension('2.5.29.35', false, sequence(der(0x80, id)))]),
			];
			return {
				key: pair.privateKey.export({type: 'pkcs8', format: 'pem'}),
				cert: certificate(
					{issuer: isOwn ? subject : common, subject, from: first, until: last, publicKey: pair.publicKey, extensions},
					isOwn ? pair.privateKey : own.privateKey,
					random,
				),
			};
		},
	};
}
