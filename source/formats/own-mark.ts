// oxlint-disable-next-line language/translated
const marked = (command: string) => `# Written by okx-keys (${command})`;

/** The comment above what export has written, by which a later export knows it. */
export const ownMark = marked('export');

/** The same above variables that only some programs read right, so that import reads them as these do. */
export function ownMarkOf(dialect: string): string {
	return marked(`export --dialect ${dialect}`);
}
