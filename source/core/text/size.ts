const steps = [
	[1024 ** 3, 'GiB'],
	[1024 ** 2, 'MiB'],
	[1024, 'KiB'],
] as const;

/** A number of bytes as people read it: `512 B`, `1.5 MiB`. */
export function formatBytes(bytes: number): string {
	const step = steps.find(([size]) => bytes >= size);
	return step ? `${(bytes / step[0]).toFixed(1)} ${step[1]}` : `${bytes} B`;
}
