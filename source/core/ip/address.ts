import ipaddr from 'ipaddr.js';

/**
 * The one spelling of an address or network, for comparing: `2001:DB8:0::1` and `2001:db8::1` are the same. Garbage
 * comes back as it is.
 */
export function canonicalIp(entry: string): string {
	const [address, prefix] = entry.split('/');
	if (!ipaddr.isValid(address!)) return entry;
	const parsed = ipaddr.process(address!);
	const most = parsed.kind() === 'ipv4' ? 32 : 128;
	return prefix === undefined || Number(prefix) === most ? parsed.toString() : `${parsed.toString()}/${prefix}`;
}

/** Whether an address is covered by an allow-list; an empty list covers every address. */
export function ipAllowed(address: string, list: readonly string[]): boolean {
	if (list.length === 0) return true;
	if (!ipaddr.isValid(address)) return false;
	const caller = ipaddr.process(address);
	return list.some(entry => {
		const [base, prefix] = entry.split('/');
		if (!ipaddr.isValid(base!)) return false;
		const network = ipaddr.process(base!);
		if (network.kind() !== caller.kind()) return false;
		return caller.match(network, prefix === undefined ? (network.kind() === 'ipv4' ? 32 : 128) : Number(prefix));
	});
}

/**
 * Splits what a person typed or pasted into an allow-list: commas, spaces and new lines, as on the exchange's page
 * (docs/okx-api.md §4.3).
 */
export function splitIps(text: string): string[] {
	return text.split(/[\s,;]+/).filter(entry => entry !== '');
}
