import {spawnSync} from 'node:child_process';
import {randomBytes, randomUUID} from 'node:crypto';
import fs from 'node:fs';

const passphrase = 'a passphrase for the bench';

function entryOf({name, description, credential: {apiKey, secretKey}}) {
	const text = (key, value) => `<String><Key>${key}</Key><Value>${value}</Value></String>`;
	const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64');
	const parts = {Title: name, UserName: apiKey, Password: secretKey.reveal(), Notes: description};
	return `<Entry><UUID>${id}</UUID>${Object.entries(parts)
		.map(([key, value]) => text(key, value))
		.join('')}</Entry>`;
}

/**
 * Has keepassxc-cli make a database of those keys; gives the words that list it and show one of them. What it makes has
 * a cheap KDF: a million rounds of AES.
 *
 * @param {string} program the path of keepassxc-cli
 */
export function createDatabase(program, file, keys) {
	const id = randomBytes(16).toString('base64');
	const entries = keys.map(key => entryOf(key)).join('');
	const group = `<Group><UUID>${id}</UUID><Name>Root</Name>${entries}</Group>`;
	const xml = `${file}.xml`;
	fs.writeFileSync(
		xml,
		`<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta/><Root>${group}</Root></KeePassFile>`,
	);
	const {status, stderr} = spawnSync(program, ['import', '-q', '-p', xml, file], {
		input: `${passphrase}\n${passphrase}\n`,
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`keepassxc-cli import: ${stderr}`);
	const options = {input: `${passphrase}\n`};
	return {
		list: {words: ['ls', '-q', '-f', file], options},
		show: {words: ['show', '-q', '-s', file, keys[0].name], options},
	};
}
