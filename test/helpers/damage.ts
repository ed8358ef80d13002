import fs from 'node:fs';

/** Changes one character of what is sealed in a vault, near its end. */
export function damage(file: string): void {
	const text = fs.readFileSync(file, 'utf8');
	const at = text.length - 40;
	fs.writeFileSync(file, `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
}
