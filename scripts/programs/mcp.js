import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

// As an MCP client does: it starts a command, and speaks with it by its standard input and output.
const [command, ...words] = process.argv.slice(2);
const server = spawn(command, words, {stdio: ['pipe', 'pipe', 'inherit']});
const send = message => server.stdin.write(`${JSON.stringify({jsonrpc: '2.0', ...message})}\n`);
const client = {protocolVersion: '2025-03-26', capabilities: {}, clientInfo: {name: 'trial', version: '1'}};
send({id: 1, method: 'initialize', params: client});
for await (const line of createInterface({input: server.stdout})) {
	const {id, result} = JSON.parse(line);
	if (id === 1) {
		send({method: 'notifications/initialized'});
		send({id: 2, method: 'tools/call', params: {name: 'account_get_config', arguments: {}}});
	}

	if (id !== 2) continue;
	console.log(JSON.stringify(result));
	server.kill();
}
