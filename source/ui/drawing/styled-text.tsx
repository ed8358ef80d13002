import {Children, createContext, useContext, type ReactNode} from 'react';
import {Text} from 'ink';
import {withSigns, styleOf, type Appearance, type Tone} from './theme.ts';

export const AppearanceContext = createContext<Appearance>({ascii: false, color: true});

export function useAppearance(): Appearance {
	return useContext(AppearanceContext);
}

type Props = {
	readonly tone?: Tone;
	readonly wrap?: 'truncate' | 'wrap';
	readonly children?: ReactNode;
};

/** Text in the colours and characters that the terminal can show; all text of the program is drawn through it. */
export function StyledText({tone = 'plain', wrap = 'truncate', children}: Props): ReactNode {
	const look = useAppearance();
	return (
		<Text {...styleOf(tone, look)} wrap={wrap}>
			{Children.map(children, child => (typeof child === 'string' ? withSigns(child, look) : child))}
		</Text>
	);
}
