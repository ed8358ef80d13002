import {afterEach, expect, test, vi} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {openApp} from '../helpers/app.tsx';
import {world} from '../helpers/world.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

test('set-up wipes the passphrase when the vault is made, and the recovery key once written down', async () => {
	const {context} = await world({isOpen: false});
	const {terminal} = await openApp(context);
	const typed = 'a passphrase for set-up';
	const revealed = new Map<Secret, string>();
	const {reveal} = Secret.prototype;
	vi.spyOn(Secret.prototype, 'reveal').mockImplementation(function (this: Secret) {
		const text = reveal.call(this);
		revealed.set(this, text);
		return text;
	});
	const isWiped = (of: (text: string) => boolean) => {
		const found = [...revealed].filter(([, text]) => of(text));
		expect(found.length).toBeGreaterThan(0);
		return found.every(([secret]) => {
			try {
				reveal.call(secret);
				return false;
			} catch {
				return true;
			}
		});
	};
	await terminal.press(typed, 'Enter', typed, 'Enter');
	await terminal.see('Your recovery key');
	expect(isWiped(text => text === typed)).toBe(true);
	const isRecoveryKey = (text: string) => /^[\dA-Z]{4}(-[\dA-Z]{4})+/.test(text);
	expect(isWiped(isRecoveryKey)).toBe(false);
	await terminal.press('w');
	await terminal.see('Your vault is ready.');
	expect(isWiped(isRecoveryKey)).toBe(true);
	expect(terminal.written).not.toContain(typed);
});
