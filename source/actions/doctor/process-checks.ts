import {flavours, type Flavour} from '../../formats/flavours.ts';
import {msg} from '../../language/translate.ts';
import {bad, ok, skipped, warn, type Check} from './check.ts';

/** The names that programs read a secret key or a passphrase from. */
const secretVariables: ReadonlySet<string> = new Set(
	Object.values(flavours).flatMap(({variables}: Flavour) =>
		Object.entries(variables).flatMap(([name, text]) => (/\{(?:secretKey|passphrase)\}/.test(text) ? [name] : [])),
	),
);

export const processChecks: readonly Check[] = [
	{
		id: 'node',
		title: msg`Node.js`,
		run: ({machine: {node}}) => ok(msg`${node} is new enough.`),
	},
	{
		id: 'node-options',
		title: msg`Node.js options`,
		run({machine: {environment, startProblem}}) {
			const problem = startProblem();
			if (problem) return bad(problem);
			return environment['NODE_OPTIONS']
				? ok(msg`NODE_OPTIONS holds nothing that lets secrets out.`)
				: ok(msg`NODE_OPTIONS is not set.`);
		},
	},
	{
		id: 'core-dumps',
		title: msg`Core dumps`,
		run({machine}) {
			const dumpsMemory = machine.dumpsMemory();
			if (dumpsMemory === undefined) return skipped(msg`The system does not tell what they hold.`);
			if (!dumpsMemory) return ok(msg`They hold no memory of the program.`);
			return warn(
				msg`One of this program would hold its memory, with secrets.`,
				msg`Run ulimit -c 0 in the shell that starts it.`,
			);
		},
	},
	{
		id: 'tracing',
		title: msg`Memory`,
		run({machine}) {
			const isTraceable = machine.isTraceable();
			if (isTraceable === undefined)
				return skipped(msg`The system does not tell which programs can read that of this one.`);
			if (!isTraceable) return ok(msg`Your other programs cannot read that of this one; root can.`);
			return warn(
				msg`Every program of yours can read that of this one while the vault is open.`,
				msg`Where the system has Yama: sudo sysctl kernel.yama.ptrace_scope=1, and the same in /etc/sysctl.d.`,
			);
		},
	},
	{
		id: 'variables',
		title: msg`Environment`,
		run({machine: {environment}}) {
			const names = [...secretVariables].filter(name => environment[name]);
			if (names.length === 0) return ok(msg`No variable of this shell has the name of a credential for OKX.`);
			const [first = '', ...others] = names;
			return warn(
				others.length === 0
					? msg`${first} is set: every program that this shell starts gets it.`
					: msg`${first} and ${others.length} more are set: every program that this shell starts gets them.`,
				msg`Take them away where they are set, and start programs through exec.`,
			);
		},
	},
];
