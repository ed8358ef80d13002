import {spawn} from 'node:child_process';

/*
 * Runs a command line on a terminal, and answers its questions as they come: COMMAND [QUESTION ANSWER]…
 * Ends with the status of the command, or with 1 where a question never came.
 */
const [command = '', ...dialogue] = process.argv.slice(2);
const terminal = spawn('script', ['-qec', `stty cols 100 rows 30; ${command}`, '/dev/null'], {
	stdio: ['pipe', 'pipe', 'inherit'],
});
let unread = '';
terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
	process.stdout.write(text);
	unread += text;
	for (;;) {
		const [question, answer] = dialogue;
		const at = question === undefined ? -1 : unread.indexOf(question);
		if (question === undefined || at === -1) break;
		unread = unread.slice(at + question.length);
		terminal.stdin.write(answer ?? '');
		dialogue.splice(0, 2);
	}
});
terminal.on('close', status => {
	terminal.stdin.destroy();
	if (dialogue.length > 0) process.stderr.write(`Never asked: ${dialogue[0]}\n`);
	process.exitCode = dialogue.length > 0 ? 1 : (status ?? 1);
});
