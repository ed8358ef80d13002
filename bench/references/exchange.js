// An exchange that answers every call after 50 ms and checks nothing: what is measured is its client. Prints
// its port.
import http from 'node:http';

const latencyMs = 50;
const config = {uid: '1', mainUid: '1', label: 'bench', perm: 'read_only', ip: '127.0.0.1', kycLv: '2'};

const server = http.createServer((request, response) => {
	const data = request.url.includes('/public/time') ? [{ts: String(Date.now())}] : [config];
	setTimeout(() => {
		response.setHeader('content-type', 'application/json').end(JSON.stringify({code: '0', msg: '', data}));
	}, latencyMs);
});
server.listen(0, '127.0.0.1', () => {
	console.log(server.address().port);
});
