// What Ink itself costs: a list with the selected item beside it, of the size and content of ours, and nothing else.
// ink-list.js COUNT
import {createElement as h, memo, useState} from 'react';
import {Box, render, Text, useInput, useWindowSize} from 'ink';

const count = Number(process.argv[2]);
const nameOf = index => `bot${String(index).padStart(4, '0')}`;

const Row = memo(({index, isSelected}) =>
	h(
		Text,
		{wrap: 'truncate'},
		isSelected ? h(Text, {color: 'cyan'}, '› ') : '  ',
		h(Text, {bold: isSelected}, nameOf(index).padEnd(12)),
		index % 2 === 0 ? 'RT' : 'R-',
		'- ',
		index % 3 === 0 ? h(Text, {color: 'red'}, 'none! ') : '1     ',
		'·    ·     ',
		index % 3 === 0 ? h(Text, {color: 'red'}, '✗ no IP list') : h(Text, {color: 'green'}, '✓ fine      '),
	),
);

const Fact = memo(({label, value}) => h(Text, {wrap: 'truncate'}, h(Text, {dimColor: true}, label.padEnd(12)), value));

const factsOf = index => ({
	Permissions: index % 2 === 0 ? 'read, trade' : 'read',
	IPs: index % 3 === 0 ? 'any address' : `203.0.113.${index % 250}`,
	Account: 'main',
	'User id': 'not known yet',
	Type: 'API key',
	Site: index % 4 === 0 ? 'global, demo' : 'global, live',
	'Last test': 'never',
	'Answered in': 'not known',
	'Days left': index % 6 === 0 ? '14' : 'no limit',
	Created: '2026-11-30',
	'API key': `7e5f••••${String(index).padStart(4, '0')}`,
	Tags: 'none',
	About: `grid ${index}, on the server in Frankfurt`,
});

function List() {
	const {columns, rows} = useWindowSize();
	const [{at, start}, move] = useState({at: 0, start: 0});
	const page = rows - 6;
	useInput((input, key) => {
		const by = key.downArrow ? 1 : key.upArrow ? -1 : input.split('j').length - input.split('k').length;
		move(before => {
			const next = Math.max(0, Math.min(count - 1, before.at + by));
			return {at: next, start: Math.max(next - page + 1, Math.min(before.start, next))};
		});
	});
	const list = Array.from({length: Math.min(page, count)}, (_, row) => start + row);
	return h(
		Box,
		{flexDirection: 'column', width: columns, height: rows},
		h(Text, {bold: true}, 'OKX › API & Web Trading › API Keys Management'),
		h(Text, {dimColor: true}, '─'.repeat(columns)),
		h(Text, {dimColor: true}, `${count} keys, by name`),
		h(
			Box,
			{height: rows - 5},
			h(
				Box,
				{flexDirection: 'column', width: Math.min(79, columns - 33)},
				h(Text, {dimColor: true}, '  NAME        RTW IPS   DAYS TEST  HEALTH'),
				...list.map((index, row) => h(Row, {key: row, index, isSelected: index === at})),
			),
			h(Box, {flexDirection: 'column', width: 3}, ...list.map((_, row) => h(Text, {key: row, dimColor: true}, ' │ '))),
			h(
				Box,
				{flexDirection: 'column', flexGrow: 1},
				h(Text, {bold: true}, nameOf(at)),
				...Object.entries(factsOf(at)).map(([label, value]) => h(Fact, {key: label, label, value})),
			),
		),
		h(Text, null, ' '),
		h(Text, null, 'Enter open  n new  T test all  / filter  t test  e edit  p perms  ? help  q quit'),
	);
}

render(h(List), {alternateScreen: true, incrementalRendering: true, interactive: true, maxFps: 120});
