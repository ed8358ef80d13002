// Draws the map of CONTRIBUTING.md: the rooms of source/ and their imports, every arrow going down.
import fs from 'node:fs';
import path from 'node:path';

/** Folders whose parts still import each other in a circle; `''` is source/ itself. */
/** @type {Set<string>} */
const untidy = new Set([]);

const columns = 100;

/** What every room may import, so that its arrows would say nothing. */
const everywhere = 'language';

const byName = (left, right) => (left < right ? -1 : 1);
const isFile = name => /\.tsx?$/.test(name);

const withoutComments = text => text.replaceAll(/^\s*(?:\/?\*|\/\/).*$/gm, '');

/** Also imports of types: `{from: 'ui/app.tsx', to: 'core/key/key.ts'}`. */
export function readImports(source) {
	const files = fs.readdirSync(source, {recursive: true}).filter(isFile).toSorted(byName);
	const imports = files.flatMap(from =>
		[
			...withoutComments(fs.readFileSync(path.join(source, from), 'utf8')).matchAll(
				/\b(?:from|import|import\()\s*'(\.[^']+)'/g,
			),
		].map(([, target]) => ({from, to: path.join(path.dirname(from), target)})),
	);
	const unknown = imports.find(({to}) => !files.includes(to));
	if (unknown) throw new Error(`${unknown.from} imports ${unknown.to}, which is no source in ${source}/.`);
	return imports;
}

function roomsOf(imports, folder) {
	const prefix = folder === '' ? '' : `${folder}/`;
	const roomOf = file => (file.startsWith(prefix) ? file.slice(prefix.length).split('/')[0] : undefined);
	const rooms = new Map();
	for (const one of imports) {
		const [from, to] = [roomOf(one.from), roomOf(one.to)];
		for (const room of [from, to]) if (room !== undefined && !rooms.has(room)) rooms.set(room, new Map());
		if (from === undefined || to === undefined || from === to) continue;
		const exits = rooms.get(from);
		exits.set(to, [...(exits.get(to) ?? []), one]);
	}
	return rooms;
}

function reachOf(rooms) {
	return new Map(
		[...rooms.keys()].map(room => {
			const reached = new Set();
			const visit = next => {
				for (const to of rooms.get(next).keys()) {
					if (reached.has(to)) continue;
					reached.add(to);
					visit(to);
				}
			};
			visit(room);
			return [room, reached];
		}),
	);
}

/** From top to bottom, each layer importing from lower ones only; the rooms of a circle share a layer. */
function layersOf(rooms) {
	const reach = reachOf(rooms);
	const depths = new Map();
	const depthOf = room => {
		if (!depths.has(room)) {
			const circle = [...rooms.keys()].filter(
				other => other === room || (reach.get(room).has(other) && reach.get(other).has(room)),
			);
			const below = circle.flatMap(one => [...rooms.get(one).keys()]).filter(one => !circle.includes(one));
			const depth = Math.max(0, ...below.map(one => depthOf(one) + 1));
			for (const one of circle) depths.set(one, depth);
		}
		return depths.get(room);
	};
	const layers = Map.groupBy([...rooms.keys()].toSorted(byName), depthOf);
	return [...layers].toSorted(([left], [right]) => right - left).map(([, layer]) => layer);
}

function roundTrip(rooms, start) {
	const ways = new Map([[start, [start]]]);
	// A Map is walked in the order of its growth: the nearest rooms first.
	for (const [room, way] of ways) {
		for (const to of rooms.get(room).keys()) {
			if (to === start) return way.concat(start);
			if (!ways.has(to)) ways.set(to, way.concat(to));
		}
	}
	return undefined;
}

/** The shortest circle, in a sentence that names a file for each arrow. */
function circleIn(rooms, folder) {
	const [circle] = [...rooms.keys()]
		.toSorted(byName)
		.map(room => roundTrip(rooms, room))
		.filter(way => way !== undefined)
		.toSorted((left, right) => left.length - right.length);
	if (circle === undefined) return undefined;
	const arrows = circle.slice(1).map((room, index) => {
		const [{from, to}, ...more] = rooms.get(circle[index]).get(room);
		return `${from} imports ${to}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
	});
	return `In source/${folder} these import each other: ${circle.join(' → ')}. ${arrows.join('; ')}.`;
}

function wrap(head, words) {
	const lines = [head];
	for (const word of words) {
		if (lines.at(-1).length + 1 + word.length > columns) lines.push(' '.repeat(head.length));
		lines.push(`${lines.pop()} ${word}`);
	}
	return lines;
}

/** The folders of a room, which stay while files come and go. */
function within(rooms) {
	const folders = layersOf(rooms).map(layer => layer.filter(name => !isFile(name)));
	return folders
		.filter(layer => layer.length > 0)
		.map(layer => layer.join(', '))
		.join(' > ')
		.split(' ');
}

/** The map and its problems, in sentences; folders of `tolerated` may have a circle. */
export function mapOf(imports, tolerated = untidy) {
	const top = roomsOf(imports, '');
	const inner = new Map(
		[...top.keys()]
			.map(room => [room, roomsOf(imports, room)])
			.filter(([, parts]) => [...parts.keys()].some(name => !isFile(name))),
	);
	const circles = new Map([['', top], ...inner].map(([folder, rooms]) => [folder, circleIn(rooms, folder)]));
	const problems = [
		...[...circles].flatMap(([folder, circle]) => (tolerated.has(folder) ? [] : (circle ?? []))),
		...[...tolerated]
			.filter(folder => circles.get(folder) === undefined)
			.map(folder => `No parts of source/${folder} import each other any more: take '${folder}' off scripts/map.js.`),
	];
	const layers = layersOf(top);
	const margin = Math.max(...[...top.keys()].map(room => room.length)) + 1;
	const draw = room => {
		const targets = layers.flat().filter(name => name !== everywhere && top.get(room).has(name));
		const parts = inner.get(room);
		return [
			...(targets.length > 0 ? wrap(`${room.padEnd(margin)}→`, targets) : [room]),
			...(parts ? wrap(tolerated.has(room) ? '  inside, not yet in layers:' : '  inside:', within(parts)) : []),
		];
	};
	const parts = layers.map(layer => layer.flatMap(draw).join('\n'));
	if (tolerated.has('')) parts.push('Some rooms of one layer still import each other.');
	return {picture: parts.join('\n\n'), problems};
}
