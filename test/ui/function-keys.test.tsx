import {expect, test} from 'vitest';
import {KeyLayers} from '../../source/ui/keyboard/key-layers.tsx';
import {useLayer} from '../../source/ui/keyboard/layers.ts';
import {TestTerminal} from '../helpers/terminal.tsx';

function Recorder({onKey}: {readonly onKey: (name: string) => void}) {
	useLayer({
		rank: 'field',
		takesText: true,
		key(name) {
			onKey(name);
			return true;
		},
		text(typed) {
			onKey(`“${typed}”`);
			return true;
		},
		paste(pasted) {
			onKey(`pasted ${JSON.stringify(pasted)}`);
			return true;
		},
	});
	return null;
}

async function recorder() {
	const names: string[] = [];
	const terminal = new TestTerminal();
	await terminal.render(
		<KeyLayers>
			<Recorder onKey={name => names.push(name)} />
		</KeyLayers>,
	);
	return {terminal, names};
}

const esc = '\u001B';

test('function keys are known as every terminal sends them, whole and torn', async () => {
	const {terminal, names} = await recorder();
	const sent: Readonly<Record<string, string>> = {
		[`${esc}OP`]: 'f1',
		[`${esc}OQ`]: 'f2',
		[`${esc}OR`]: 'f3',
		[`${esc}OS`]: 'f4',
		[`${esc}[[A`]: 'f1',
		[`${esc}[[E`]: 'f5',
		[`${esc}[11~`]: 'f1',
		[`${esc}[13~`]: 'f3',
		[`${esc}[15~`]: 'f5',
		[`${esc}[17~`]: 'f6',
		[`${esc}[21~`]: 'f10',
		[`${esc}[24~`]: 'f12',
		[`${esc}[P`]: 'f1',
		[`${esc}[1;2P`]: 'shift+f1',
		[`${esc}[1;5Q`]: 'ctrl+f2',
		[`${esc}[15;3~`]: 'meta+f5',
		[`${esc}[24;6~`]: 'shift+ctrl+f12',
		[`${esc}[15;1:1~`]: 'f5',
		[`${esc}${esc}[15~`]: 'meta+f5',
	};
	for (const [sequence, name] of Object.entries(sent)) {
		for (const pieces of [[sequence], [sequence.slice(0, -1), sequence.slice(-1)]]) {
			names.length = 0;
			for (const piece of pieces) await terminal.send(piece);
			await terminal.settle();
			expect(names, JSON.stringify(sequence)).toEqual([name]);
		}
	}

	names.length = 0;
	await terminal.send(`a${esc}[15~b${esc}OPc${esc}[15;1:3~`);
	await terminal.settle();
	expect(names).toEqual(['“a”', 'f5', '“b”', 'f1', '“c”']);
});

test('nothing else is a function key', async () => {
	const {terminal, names} = await recorder();
	await terminal.send(`${esc}[1;5R${esc}[16~${esc}[25~${esc}[200~x${esc}[15~${esc}[201~\uE018`);
	await terminal.settle();
	expect(names).toEqual([`pasted ${JSON.stringify(`x${esc}[15~`)}`, '“\uE018”']);
});
