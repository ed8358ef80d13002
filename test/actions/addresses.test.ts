import {describe, expect, it} from 'vitest';
import {planAddresses} from '../../source/actions/addresses.ts';
import {editKey} from '../../source/actions/edit.ts';
import {planRemedy} from '../../source/actions/remedy.ts';
import {fakeContext} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';

const key = storedKey({site: 'sandbox', permissions: ['read'], ip: ['203.0.113.9']});
const page = storedKey({id: 'p1', name: 'page', ip: ['203.0.113.9']});

/** A key of which the exchange has a list of its own. */
function world(ip: readonly string[]) {
	const made = fakeContext({keys: [key, page], sandbox: {}}, {});
	made.listed.push({label: 'bot1', apiKey: key.credential.apiKey, permissions: ['read'], ip, createdAt: 0});
	return made;
}

describe('a change of addresses that the exchange has made already', () => {
	const replace = [{from: '203.0.113.9', to: '198.51.100.7'}];

	it('is declared too, without asking the exchange for it again', async () => {
		const {context, vault, calls} = world(['198.51.100.7']);
		const plan = await planAddresses(context, 'a1', {replace});
		expect(plan.changes).toEqual([{field: 'ip', from: '203.0.113.9', to: '198.51.100.7', where: 'vault'}]);
		await editKey(context, plan);
		expect(vault.read().keys[0]?.ip).toEqual(['198.51.100.7']);
		expect(calls).not.toContain('pageEdit');
	});

	it('is none if the address was never declared, other addresses differ, or none would be left', async () => {
		const {context} = world(['198.51.100.7']);
		const isRefused = expect.objectContaining({message: expect.stringContaining('is not an entry') as string}) as Error;
		await expect(planAddresses(context, 'a1', {replace: [{from: '192.0.2.1', to: '198.51.100.7'}]})).rejects.toEqual(
			isRefused,
		);
		const other = world(['198.51.100.7', '192.0.2.9']);
		await expect(planAddresses(other.context, 'a1', {replace})).rejects.toEqual(isRefused);
		const open = world([]);
		await expect(planAddresses(open.context, 'a1', {remove: ['203.0.113.9']})).rejects.toThrow();
		expect((await planAddresses(open.context, 'a1', {remove: ['203.0.113.9']}, {mayMiss: true})).changes).toEqual([]);
	});
});

describe('adding to an allow-list', () => {
	it('offer-shuts-out-live-address: keeps what is on the exchange’s list and was never declared here', async () => {
		const {context, listed} = world(['203.0.113.9', '198.51.100.1']);
		const plan = await planRemedy(context, 'a1', {act: 'add-ip', address: '127.0.0.1'});
		expect(plan.changes).toEqual([
			{field: 'ip', from: '198.51.100.1, 203.0.113.9', to: '127.0.0.1, 198.51.100.1, 203.0.113.9', where: 'exchange'},
		]);
		await editKey(context, plan);
		expect(listed[0]?.ip).toEqual(['203.0.113.9', '198.51.100.1', '127.0.0.1']);
	});

	it('adds several at once, but none that a network on the list covers', async () => {
		const {context} = world(['203.0.113.0/24']);
		expect((await planAddresses(context, 'a1', {add: ['203.0.113.7', '2001:db8::1']})).patch.ip).toEqual([
			'203.0.113.0/24',
			'2001:db8::1',
		]);
		expect((await planAddresses(context, 'a1', {add: ['203.0.113.128/25']})).patch.ip).toEqual(['203.0.113.0/24']);
		expect((await planAddresses(context, 'a1', {add: ['203.0.0.0/16']})).patch.ip).toEqual([
			'203.0.113.0/24',
			'203.0.0.0/16',
		]);
	});

	it('begins no list where the exchange has none, for that would shut out every other address', async () => {
		const {context, calls} = world([]);
		await expect(planAddresses(context, 'a1', {add: ['203.0.113.7']})).rejects.toMatchObject({
			message: expect.stringContaining('shut out every address'),
			hint: expect.stringContaining('--ip 203.0.113.7'),
		});
		expect(calls).not.toContain('pageEdit');
	});

	it('is only declared, and is said to be, for a key that cannot be managed from here', async () => {
		const {context, calls} = world([]);
		expect((await planAddresses(context, 'p1', {add: ['203.0.113.7']})).changes).toEqual([
			{field: 'ip', from: '203.0.113.9', to: '203.0.113.7, 203.0.113.9', where: 'declared'},
		]);
		expect(calls).toEqual([]);
	});

	it('refuses what is no address, and what makes the list too long', async () => {
		const {context} = world(Array.from({length: 20}, (_, index) => `203.0.113.${index}`));
		await expect(planAddresses(context, 'a1', {add: ['300.1.1.1']})).rejects.toThrow('300.1.1.1 is not an IP address.');
		await expect(planAddresses(context, 'a1', {add: ['198.51.100.1']})).rejects.toThrow('21 addresses are too many');
	});
});

describe('removing from an allow-list', () => {
	it('takes away what is named, however it is spelled, and nothing else', async () => {
		const {context, listed} = world(['203.0.113.9', '2001:db8::7', '198.51.100.1']);
		await editKey(context, await planAddresses(context, 'a1', {remove: ['2001:DB8:0::7'], add: ['192.0.2.1']}));
		expect(listed[0]?.ip).toEqual(['203.0.113.9', '198.51.100.1', '192.0.2.1']);
	});

	it('names an entry that is not there, and one that is only part of a network', async () => {
		const {context} = world(['203.0.113.0/24']);
		await expect(planAddresses(context, 'a1', {remove: ['192.0.2.1']})).rejects.toMatchObject({
			message: '192.0.2.1 is not an entry of the IP list of bot1.',
			hint: 'It has 203.0.113.0/24.',
		});
		await expect(planAddresses(context, 'a1', {remove: ['203.0.113.9']})).rejects.toThrow(
			'part of one of its networks',
		);
	});

	it('last-address-removed: leaves no key open to every address unasked', async () => {
		const {context} = world(['203.0.113.9']);
		await expect(planAddresses(context, 'a1', {remove: ['203.0.113.9']})).rejects.toMatchObject({
			message: expect.stringContaining('open to every address'),
			hint: expect.stringMatching(/--ip ''$/),
		});
	});
});
