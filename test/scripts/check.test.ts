import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';

const script = path.resolve('scripts/check.js');

/** Runs scripts of a project in a folder of its own. */
function check(scripts: Readonly<Record<string, string>>, names = Object.keys(scripts)) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-check-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({scripts}));
	return spawnSync(process.execPath, [script, ...names], {cwd: folder, encoding: 'utf8'});
}

/** Ends well once a file is there, and badly after ten seconds. */
const awaiting = (file: string) => `for i in $(seq 500); do [ -e ${file} ] && exit 0; sleep 0.02; done; exit 1`;

test('scripts that all succeed are told in a line each, without what they write', () => {
	const {status, stdout, stderr} = check({one: 'echo written', two: 'true'});
	expect(status).toBe(0);
	expect(stdout.split('\n').toSorted().join('\n')).toMatch(/^\none: ok \(\d+\.\d s\)\ntwo: ok \(\d+\.\d s\)$/);
	expect(stderr).toBe('');
});

test('a script that fails fails the run, and all that it has written stands at the end; the others go on', () => {
	const {status, stdout, stderr} = check({
		bad: 'echo why; echo how >&2; touch bad; exit 3',
		good: awaiting('bad'),
	});
	expect(status).toBe(1);
	expect(stdout).toContain('bad: FAILED with status 3');
	expect(stdout).toContain('good: ok');
	expect(stderr).toMatch(/^\nbad:\n(why\nhow|how\nwhy)\n$/);
});

test('a script that is killed fails the run', () => {
	const {status, stdout} = check({killed: 'kill -KILL $$'});
	expect(status).toBe(1);
	expect(stdout).toContain('killed: FAILED with SIGKILL');
});

test('scripts run side by side', () => {
	// Each ends well only once the other has begun.
	const {status} = check({one: `touch one; ${awaiting('two')}`, two: `touch two; ${awaiting('one')}`});
	expect(status).toBe(0);
});

test('a script that package.json does not have, or none at all, is an error', () => {
	expect(check({}, ['typse'])).toMatchObject({status: 2, stderr: 'package.json has no script typse.\n'});
	expect(check({}, [])).toMatchObject({status: 2, stderr: 'Name the npm scripts to run.\n'});
});
