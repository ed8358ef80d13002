import {useMemo, useState} from 'react';
import {wordsFor} from './failure-words.ts';
import type {StatusMessage} from './shell.ts';

/** The least time a message stays, in milliseconds; then the next key press clears it. */
const messageMs = 1500;

export type Messages = {
	readonly notify: (message: StatusMessage) => void;
	readonly notifyError: (error: unknown) => void;
	readonly clearMessage: () => void;
};

export function useStatusMessage(clock: () => number): {
	readonly message: StatusMessage | undefined;
	readonly messages: Messages;
	readonly onKey: () => void;
} {
	const [message, setMessage] = useState<StatusMessage & {readonly at: number}>();
	const messages = useMemo((): Messages => {
		const notify = (said: StatusMessage) => {
			setMessage({...said, at: clock()});
		};
		return {
			notify,
			notifyError(error) {
				notify(wordsFor(error));
			},
			clearMessage() {
				setMessage(undefined);
			},
		};
	}, [clock]);
	const onKey = () => {
		if (message && clock() - message.at >= messageMs) setMessage(undefined);
	};

	return {message, messages, onKey};
}
