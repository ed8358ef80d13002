/** Example command lines for the help, by command; those of the whole program are under the empty name. */
export const examples: Readonly<Record<string, readonly string[]>> = {
	'': [
		'okx-keys --sandbox            try everything on the built-in exchange',
		'okx-keys init                 make a vault',
		'okx-keys add grid             store a key that was made on the exchange’s page',
		'okx-keys test --all           see what each key can do, and why one fails',
	],
	create: [
		'okx-keys --sandbox create grid --perm trade --ip 203.0.113.7',
		'okx-keys create grid --sub-account bots --using main --perm trade --ip 203.0.113.7',
	],
	add: [
		'okx-keys add grid --site eea',
		'pass show okx/grid | okx-keys add grid     {"apiKey": "…", "secretKey": "…", "passphrase": "…"}',
		'okx-keys add paper --env demo --no-test',
	],
	list: ['okx-keys list', 'okx-keys list perm:trade ip:none --sort risk', "okx-keys list --json | jq -r '.[].name'"],
	show: ['okx-keys show grid', 'okx-keys show grid --reveal --json | jq -r .secretKey'],
	edit: [
		'okx-keys edit grid --name grid-eu --tag bots,eu',
		'okx-keys edit grid --perm read,trade --ip 203.0.113.7,198.51.100.0/24',
		'okx-keys edit grid --accept-live',
	],
	test: ['okx-keys test grid', 'okx-keys test --all --json', 'okx-keys test grid --no-touch'],
	check: [
		'okx-keys check --key-file /etc/okx-keys.key',
		'okx-keys check grid --policy policy.json',
		'okx-keys check --nagios --key-file /etc/okx-keys.key',
	],
	exec: [
		'okx-keys exec grid -- python3 bot.py',
		'okx-keys exec grid --flavour okx-cli -- okx account balance',
		'okx-keys exec grid --file OKX_ACCOUNT -- node bot.js     a file for the library ccxt',
		"okx-keys exec grid hedge -- sh -c 'echo $GRID_OKX_API_KEY $HEDGE_OKX_API_KEY'",
	],
	revoke: ['okx-keys revoke grid', 'okx-keys revoke grid --yes'],
	remove: ['okx-keys remove grid', 'okx-keys restore-key grid'],
	'restore-key': ['okx-keys list --trash', 'okx-keys restore-key grid'],
	export: [
		'okx-keys export grid --age-recipient age1… --output grid.age',
		'okx-keys export --all --age-passphrase > keys.age',
	],
	import: ['okx-keys import keys.age --dry-run', 'age -d -i key.txt keys.age | okx-keys import'],
	'add-slot': [
		'okx-keys add-slot recovery',
		'okx-keys add-slot key-file --file ~/okx-keys.key',
		'okx-keys add-slot ssh-agent',
	],
	backup: ['okx-keys backup /mnt/usb/vault.json'],
	restore: ['okx-keys restore --dry-run', 'okx-keys restore /mnt/usb/vault.json'],
	agent: ['okx-keys agent --idle 30m', 'okx-keys agent status', 'okx-keys agent lock'],
	sandbox: ['okx-keys sandbox --port 8080', 'okx-keys sandbox --fault 50113'],
};
