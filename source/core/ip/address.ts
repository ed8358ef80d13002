import ipaddr from 'ipaddr.js';

/** One spelling for comparisons: `2001:DB8:0::1` becomes `2001:db8::1`. Invalid entries are returned unchanged. */
export function canonicalIp(entry: string): string {
	const [address, prefix] = entry.split('/');
	if (!ipaddr.isValid(address!)) return entry;
	const parsed = ipaddr.process(address!);
	const most = parsed.kind() === 'ipv4' ? 32 : 128;
	return prefix === undefined || Number(prefix) === most ? parsed.toString() : `${parsed.toString()}/${prefix}`;
}

/** An empty list covers every address. */
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

/** Splits at commas, spaces and line breaks, as the exchange's page does (docs/okx-api.md §4.3). */
export function splitIps(text: string): string[] {
	return text.split(/[\s,;]+/).filter(entry => entry !== '');
}
