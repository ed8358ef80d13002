import {examine, exitOf, type Examined} from '../actions/doctor/doctor.ts';
import {usualSite} from '../actions/usual-site.ts';
import type {State} from '../actions/doctor/check.ts';
import {exits} from '../core/exit-status.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {padToWidth, width} from '../core/text/width.ts';
import {sandboxSite} from '../exchange/sites.ts';
import {inEnglish, msg, t, type Translatable} from '../language/translate.ts';
import {defineCommand} from '../cli/command.ts';
import {flag, text} from '../cli/option.ts';
import {jsonText} from '../cli/print.ts';
import {givenSite} from '../cli/site.ts';

const stateWords: Readonly<Record<State, Translatable>> = {
	ok: msg`ok`,
	warn: msg`warning`,
	bad: msg`BAD`,
	skipped: msg`-`,
};

export const doctorCommand = defineCommand({
	name: 'doctor',
	summary: msg`check the files, the terminal, the network and the process, and say how to fix problems; needs no
		unlock`,
	examples: [msg`okx-keys doctor`, msg`okx-keys doctor --site eea`, msg`okx-keys doctor --offline --json`],
	isHarmless: true,
	options: {
		site: text('--site <site>', msg`the site to reach, if not that of the settings`),
		offline: flag('--offline', msg`make no network connection`),
	},
	async run({context, io}, {options: {site, offline}}) {
		const meant = givenSite(site, {context, io});
		const examined = await io.wait(t`Checking this machine and the way to the exchange…`, async () =>
			examine(context, {
				machine: io.machine,
				site: context.sandbox ? sandboxSite : (meant ?? usualSite(context)),
				isOffline: offline,
				signal: io.stopSignal(),
				...io.openers,
			}),
		);
		io.out(io.json ? jsonText(inEnglish(() => examined.map(one => oneJson(one)))) : report(examined));
		if (!io.json) io.note(summary(examined));
		return exitOf(examined);
	},
});

function oneJson(one: Examined) {
	return {
		id: one.id,
		title: one.title(),
		state: one.state,
		text: one.text(),
		fix: 'fix' in one ? one.fix() : null,
		code: one.state === 'bad' ? exits[one.exit].status : exits.ok.status,
	};
}

/** The report is longer than most terminals are high. */
function summary(examined: readonly Examined[]): string {
	const count = (wanted: State) => examined.filter(({state}) => state === wanted).length;
	return t`Problems: ${count('bad')}; warnings: ${count('warn')}.`;
}

function report(examined: readonly Examined[]): string {
	const widest = (texts: readonly string[]) => Math.max(...texts.map(text => width(text)));
	const states = widest(Object.values(stateWords).map(word => word()));
	const titles = widest(examined.map(({title}) => title()));
	const indent = ' '.repeat(states + 2);
	return examined
		.flatMap(one => [
			`${padToWidth(stateWords[one.state](), states)}  ${padToWidth(one.title(), titles)}  ${sanitize(one.text())}`,
			...('fix' in one ? [`${indent}${sanitize(one.fix())}`] : []),
		])
		.join('\n');
}
