import {programExamples} from '../cli/global-options.ts';
import {exits} from '../core/exit-status.ts';
import {t} from '../language/translate.ts';
import type {Manual, ManualCommand, ManualOption} from './manual.ts';
import {files, variables} from './surroundings.ts';

/** The manual page okx-keys(1), in the macros of man(7). */
export function manualPage({options, groups}: Manual): string {
	const all = groups.flatMap(({commands}) => commands);
	return [
		'.TH OKX\\-KEYS 1 "" "okx\\-keys"',
		section('NAME'),
		`okx\\-keys \\- ${text(t`OKX API keys in an encrypted vault, tested live`)}`,
		section('SYNOPSIS'),
		...synopsis(),
		section('DESCRIPTION'),
		filled(
			t`OKX’s page of API keys for a terminal: keys are created, edited, tested and revoked, and kept in an encrypted
				vault. Without a command, the full screen opens.`,
		),
		section('COMMANDS'),
		...groups.flatMap(({title, commands}) => [
			`.SS ${text(title)}`,
			...commands.flatMap(command => paragraphsOf(command)),
		]),
		section('OPTIONS'),
		filled(t`These may stand before or after any command.`),
		...options.flatMap(option => tagged(flagsOf(option), option.summary)),
		section('EXIT STATUS'),
		...Object.values(exits).flatMap(exit =>
			tagged(`.B ${exit.status}`, 'covers' in exit ? `${exit.means()}: ${exit.covers()}` : exit.means()),
		),
		section('ENVIRONMENT'),
		...variables.flatMap(([name, about]) => tagged(`.B ${text(name)}`, about())),
		section('FILES'),
		...files.flatMap(([name, about]) => tagged(`.I ${text(name)}`, about())),
		section('EXAMPLES'),
		'.EX',
		...[...programExamples.map(example => example()), ...all.flatMap(({examples}) => examples)].map(line => text(line)),
		'.EE',
		section('SEE ALSO'),
		String.raw`.BR age (1),`,
		String.raw`.BR ssh\-agent (1)`,
	].join('\n');
}

function section(title: string): string {
	return `.SH ${title}`;
}

function synopsis(): string[] {
	return [
		String.raw`.B okx\-keys`,
		String.raw`.RI [ options ]`,
		'.br',
		String.raw`.B okx\-keys`,
		String.raw`.RI [ options ]`,
		String.raw`.I command`,
		String.raw`.RI [ "options and operands" ]`,
		'.br',
		String.raw`.B okx\-keys help`,
		String.raw`.RI [ command ]`,
	];
}

function paragraphsOf({names, usage, summary, options}: ManualCommand): string[] {
	return [
		...tagged(`.BI "${names.map(name => text(name)).join(', ')} " "${text(usage)}"`, summary),
		...(options.length === 0
			? []
			: ['.RS', ...options.flatMap(option => tagged(flagsOf(option), option.summary)), '.RE']),
	];
}

function flagsOf({names, label}: ManualOption): string {
	return `.BI "${names.map(name => text(name)).join(', ')}${label === undefined ? '"' : ` " ${text(label)}`}`;
}

function tagged(tag: string, about: string): string[] {
	return ['.TP', tag, filled(about)];
}

/** Text in short lines of the source; the formatter fills its own. */
function filled(plain: string): string {
	return text(plain)
		.replaceAll(/(?=.{79})(.{1,78}) /g, '$1\n')
		.replaceAll('\n.', '\n\\&.');
}

/** Text that roff takes for nothing else; signs beyond ASCII by their number, which every formatter knows. */
function text(plain: string): string {
	return plain
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll('"', '\\(dq')
		.replaceAll("'", '\\(aq')
		.replaceAll('`', '\\(ga')
		.replaceAll('^', '\\(ha')
		.replaceAll('~', '\\(ti')
		.replaceAll(/[^ -~]/gu, sign => `\\[u${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`)
		.replace(/^\./, '\\&.');
}
