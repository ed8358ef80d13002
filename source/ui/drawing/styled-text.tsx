import {Children, createContext, useContext, type ReactNode} from 'react';
import {Text} from 'ink';
import {shown, styleOf, type Look, type Tone} from './theme.ts';

export const LookContext = createContext<Look>({ascii: false, color: true});

export function useLook(): Look {
	return useContext(LookContext);
}

type Props = {
	readonly tone?: Tone;
	readonly wrap?: 'truncate' | 'wrap';
	readonly children?: ReactNode;
};

/** Text as the terminal at hand can show it: all text of the program goes through here. */
export function Words({tone = 'plain', wrap = 'truncate', children}: Props): ReactNode {
	const look = useLook();
	return (
		<Text {...styleOf(tone, look)} wrap={wrap}>
			{Children.map(children, child => (typeof child === 'string' ? shown(child, look) : child))}
		</Text>
	);
}
