import {isAppError} from '../../core/errors.ts';
import {clockRemedies} from '../../core/diagnosis/clock-service.ts';
import {diagnose} from '../../core/diagnosis/diagnose.ts';
import {limits} from '../../core/limits.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {msg} from '../../language/translate.ts';
import {proxyFor} from '../../exchange/http/proxy.ts';
import {sandboxSite, siteUrl} from '../../exchange/sites.ts';
import {bad, ok, skipped, warn, type Check, type Result, type Surroundings} from './check.ts';

/** From here on the clock is worth setting, ms: the exchange refuses more than `limits.clockWindowMs`. */
const noticedSkewMs = 5000;

const notAsked = msg`Nothing outside this machine was asked.`;
const inside = msg`The exchange of the sandbox is in this machine.`;

export const networkChecks: readonly Check[] = [
	{
		id: 'proxy',
		title: msg`Proxy`,
		run({site, context: {settings}, machine: {environment}}) {
			if (site === sandboxSite) return skipped(inside);
			try {
				const proxy = proxyFor(siteUrl(site, settings.get('allowed-hosts')), environment);
				proxy?.authorization?.wipe();
				return proxy
					? ok(msg`Calls go through ${proxy.address}, which ${proxy.variable} names.`)
					: ok(msg`Calls go to the exchange without one.`);
			} catch (error) {
				if (isAppError(error)) return bad(error);
				throw error;
			}
		},
	},
	{
		id: 'certificates',
		title: msg`Certificates`,
		run({machine: {environment, unreadable}}) {
			if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
				return warn(
					msg`NODE_TLS_REJECT_UNAUTHORIZED asks not to check them; that is not obeyed.`,
					msg`Take the variable away: other programs obey it.`,
				);
			for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
				const file = environment[name];
				if (!file) continue;
				const reason = unreadable(file);
				if (reason !== undefined)
					return warn(
						msg`${name} names ${sanitize(file)}, which cannot be read: ${reason}.`,
						msg`Correct the variable, or take it away.`,
					);
				if (name === 'NODE_EXTRA_CA_CERTS')
					return warn(
						msg`The certificates in ${sanitize(file)} are trusted too: anyone who has their keys can read every call.`,
						msg`Take NODE_EXTRA_CA_CERTS away, unless your network needs it.`,
					);
			}

			return ok(msg`Those that Node brings are trusted, and always checked.`);
		},
	},
	{
		id: 'dns',
		title: msg`DNS`,
		async run({site, reach, machine, context: {settings}}) {
			if (site === sandboxSite) return skipped(inside);
			if (!reach) return skipped(notAsked);
			const url = siteUrl(site, settings.get('allowed-hosts'));
			if (isProxied(url, machine.environment)) return skipped(msg`The proxy asks for them.`);
			const {hostname} = url;
			const [v4, v6] = await Promise.all([machine.addresses(hostname, 4), machine.addresses(hostname, 6)]);
			if (v4.length > 0 || v6.length > 0)
				return ok(msg`${hostname} has ${v4.length} of IPv4 and ${v6.length} of IPv6.`);
			return warn(
				msg`${hostname} has no address here.`,
				msg`Look whether this machine is online, and at /etc/resolv.conf.`,
			);
		},
	},
	{
		id: 'exchange',
		title: msg`Exchange`,
		async run(on) {
			const probe = await probeOf(on);
			if ('state' in probe) return probe;
			const {host, failure, layers} = probe;
			if (failure) {
				const {cause, fix} = diagnose(failure);
				// A machine without a network is not ill.
				return warn(
					() => cause,
					() => fix,
				);
			}

			const ms = layers.reduce((total, layer) => total + (layer.ms ?? 0), 0);
			return ok(msg`${host} answers, ${Math.round(ms)} ms with DNS and TLS.`);
		},
	},
	{
		id: 'clock',
		title: msg`Clock`,
		async run(on) {
			const probe = await probeOf(on);
			if ('state' in probe) return probe;
			const {skewMs} = probe;
			if (skewMs === null) return skipped(msg`The exchange did not tell its time.`);
			const size = Math.abs(skewMs);
			const seconds = (size / 1000).toFixed(1);
			const off =
				skewMs > 0 ? msg`It is ${seconds} s ahead of the exchange’s.` : msg`It is ${seconds} s behind the exchange’s.`;
			const fix = clockRemedies[on.context.clockService?.() ?? 'unknown'];
			if (size > limits.clockWindowMs) return {state: 'bad', text: off, fix, exit: 'clockSkew'};
			return size > noticedSkewMs ? warn(off, fix) : ok(off);
		},
	},
	{
		id: 'time-server',
		title: msg`Time server`,
		async run({context, machine}) {
			const service = context.clockService?.() ?? 'unknown';
			const isSynchronized = await machine.isClockSynchronized();
			if (isSynchronized) return ok(msg`The system says that one keeps the clock.`);
			if (service === 'host' || service === 'wsl') return skipped(msg`The clock is that of the host.`);
			if (isSynchronized === undefined) return skipped(msg`The system does not say whether one keeps the clock.`);
			return warn(msg`No time server keeps the clock.`, clockRemedies[service]);
		},
	},
];

function isProxied(url: URL, environment: Surroundings['machine']['environment']): boolean {
	try {
		const proxy = proxyFor(url, environment);
		proxy?.authorization?.wipe();
		return proxy !== undefined;
	} catch {
		return true;
	}
}

async function probeOf({site, reach}: Surroundings): Promise<Result | Awaited<ReturnType<NonNullable<typeof reach>>>> {
	if (site === sandboxSite) return skipped(inside);
	if (!reach) return skipped(notAsked);
	try {
		return await reach();
	} catch (error) {
		if (isAppError(error, 'aborted')) throw error;
		if (isAppError(error)) return bad(error);
		return warn(msg`The exchange gave no answer in time.`, msg`Look whether this machine is online.`);
	}
}
