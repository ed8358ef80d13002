import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {test} from './agent.ts';
import {hasTmux, program, runShell, type Home} from './program.ts';

/** How a shell is started without a person's own settings, and how it loads the script that it is given. */
const shells = {
	bash: {start: "PS1='read''y> ' bash --norc --noprofile", load: 'source <(okx-keys completion bash)'},
	zsh: {
		start: "PS1='read''y> ' zsh -f",
		load: 'autoload -U compinit; compinit -D -u; source <(okx-keys completion zsh); unsetopt list_beep',
	},
	fish: {
		start: `fish --no-config -C 'function fish_prompt; echo "read""y> "; end'`,
		load: 'okx-keys completion fish | source',
	},
};

const names = ['my key', '网格 一', `it's "$x"`, 'a:b=c'];

/** What is typed before and after Tab, and the words that the program then gets. */
const lines: ReadonlyArray<readonly [typed: string, ...words: string[]]> = [
	['te', 'test'],
	['--sandbox rev', '--sandbox', 'revoke'],
	['help resto', 'help', 'restore'],
	['show grid --rev', 'show', 'grid', '--reveal'],
	['doctor --off', 'doctor', '--offline'],
	['list --read', 'list', '--readonly'],
	['list --sort la', 'list', '--sort', 'last-test'],
	['list --sort=la', 'list', '--sort=last-test'],
	['ls --so', 'ls', '--sort'],
	['list perm:wi', 'list', 'perm:withdraw'],
	['add x --site e', 'add', 'x', '--site', 'eea'],
	['agent statu', 'agent', 'status'],
	['add-slot reco', 'add-slot', 'recovery'],
	['import exported', 'import', 'exported keys.age'],
	['--vault exported', '--vault', 'exported keys.age'],
	['passwd --new-passphrase-file=exp', 'passwd', '--new-passphrase-file=exported keys.age'],
	['exec grid -- okxpro', 'exec', 'grid', '--', 'okxprobe'],
	['exec --flavour fre', 'exec', '--flavour', 'freqtrade'],
	['export --flavour fre', 'export', '--flavour', 'freqtrade'],
	['import --format pass', 'import', '--format', 'passivbot'],
	['copy grid secr', 'copy', 'grid', 'secret-key'],
	['copy --clear-after 5s grid passp', 'copy', '--clear-after', '5s', 'grid', 'passphrase'],
	['--sandbox copy my', '--sandbox', 'copy', 'my key'],
	['settings colors nev', 'settings', 'colors', 'never'],
	['--sandbox show my', '--sandbox', 'show', 'my key'],
	['--sandbox show my\\ k', '--sandbox', 'show', 'my key'],
	["--sandbox show 'my k", '--sandbox', 'show', 'my key'],
	['--sandbox show "my k', '--sandbox', 'show', 'my key'],
	['show --sandbox 网', 'show', '--sandbox', '网格 一'],
	['--sandbox create --using=a:', '--sandbox', 'create', '--using=a:b=c'],
	['--sandbox test grid a:', '--sandbox', 'test', 'grid', 'a:b=c'],
	['--sandbox exec it', '--sandbox', 'exec', `it's "$x"`],
	['--sandbox exec "it', '--sandbox', 'exec', `it's "$x"`],
	['--sandbox restore-key ol', '--sandbox', 'restore-key', 'old'],
	[
		'--vault .config/okx-keys/sandbox.json --sandbox show my',
		'--vault',
		'.config/okx-keys/sandbox.json',
		'--sandbox',
		'show',
		'my key',
	],
	['--vault=nosuch --sandbox show my', '--vault=nosuch', '--sandbox', 'show', 'my'],
	['--sandbox create my', '--sandbox', 'create', 'my'],
	['--sandbox show grid my', '--sandbox', 'show', 'grid', 'my'],
	['list --sort nosuch', 'list', '--sort', 'nosuch'],
];

/** Commands of a shell: the program, which only says what it was given unless a script of it asks, and a probe. */
function commandsIn(home: Home): string {
	const folder = home.file('bin');
	fs.mkdirSync(folder);
	fs.writeFileSync(
		`${folder}/okx-keys`,
		`#!/bin/sh
case " $* " in *" __complete "* | " completion "*) exec '${process.execPath}' '${program}' "$@" ;; esac
printf '<%s>' got "$@"; echo '<end>'
`,
		{mode: 0o755},
	);
	fs.writeFileSync(`${folder}/okxprobe`, '#!/bin/sh\n', {mode: 0o755});
	return folder;
}

describe.concurrent('okx-keys completion', () => {
	for (const [shell, {start, load}] of Object.entries(shells))
		test.skipIf(!hasTmux || spawnSync(shell, ['--version']).status !== 0)(
			`in ${shell} completes commands, options, values, files, and names of keys while the agent has the vault`,
			async ({agent, home, openTerminal}) => {
				await agent.start();
				for (const name of [...names, 'old']) expect(await agent.sandbox('create', name)).toMatchObject({status: 0});
				expect(await agent.sandbox('remove', 'old', '--yes')).toMatchObject({status: 0});
				fs.writeFileSync(home.file('exported keys.age'), '');
				const environment = {PATH: `${commandsIn(home)}:${process.env['PATH']}`};
				const terminal = openTerminal({columns: 200, rows: 50, environment});
				terminal.type(`cd ${home.path}; ${start}`);
				terminal.press('Enter');
				// What is typed before a shell reads it may be lost.
				await terminal.see('ready>');
				terminal.type(`${load}; echo load''ed`);
				terminal.press('Enter');
				await terminal.see('loaded');
				const complete = async (typed: string, words: readonly string[]) => {
					terminal.type('clear');
					terminal.press('Enter');
					await terminal.seeNot('<end>');
					terminal.type(`okx-keys ${typed}`);
					terminal.press('Tab');
					terminal.press('Enter');
					const screen = (await terminal.see('<end>')).trim();
					expect(screen, typed).toContain(`<got>${words.map(word => `<${word}>`).join('')}<end>`);
					expect(screen.split('\n').length, screen).toBeLessThanOrEqual(4);
				};
				for (const [typed, ...words] of lines) await complete(typed, words);
				expect(await agent.sandbox('agent', 'lock')).toMatchObject({status: 0});
				await complete('--sandbox show my', ['--sandbox', 'show', 'my']);
			},
			120_000,
		);

	test.skipIf(spawnSync('fish', ['--version']).status !== 0)(
		'in fish runs no substitution that stands where the command of exec is being typed',
		async ({agent: {sandbox}, home}) => {
			fs.writeFileSync(home.file('script.fish'), (await sandbox('completion', 'fish')).out);
			for (const [at, typed] of ['(touch ran)', '$(touch ran)', 'ls (touch ran)'].entries())
				fs.appendFileSync(home.file('script.fish'), `complete -C 'okx-keys exec grid -- ${typed}'; echo ${at}\n`);
			expect(await runShell(home, 'fish --no-config script.fish')).toMatchObject({out: '0\n1\n2\n', err: ''});
			expect(fs.existsSync(home.file('ran'))).toBe(false);
		},
	);

	test('says no name, asks nothing and fails at nothing where the vault is locked, missing or damaged', async ({
		agent,
		home,
	}) => {
		for (const words of [
			['__complete', 'keys'],
			['--vault', home.file('none'), '__complete', 'keys'],
		])
			expect(await agent.sandbox(...words)).toEqual({status: 0, out: '', err: ''});
		await agent.start();
		expect(await agent.sandbox('__complete', 'keys')).toEqual({status: 0, out: 'main\n', err: ''});
		expect(await agent.sandbox('__complete', 'trash')).toEqual({status: 0, out: '', err: ''});
		expect(await agent.live('__complete', 'keys')).toEqual({status: 0, out: '', err: ''});
		const file = home.file('.config/okx-keys/sandbox.json');
		const whole = fs.readFileSync(file);
		fs.writeFileSync(file, '{');
		expect(await agent.sandbox('__complete', 'keys')).toEqual({status: 0, out: '', err: ''});
		fs.writeFileSync(file, whole);
	});
});
