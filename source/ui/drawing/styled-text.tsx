import {createContext, useContext, type ReactNode} from 'react';
import {Text} from 'ink';
import {withSigns, type Appearance} from './theme.ts';

export const AppearanceContext = createContext<Appearance>({ascii: false, color: true});

export function useAppearance(): Appearance {
	return useContext(AppearanceContext);
}

/** A line for a screen reader. */
export function SpokenText({children}: {readonly children: string}): ReactNode {
	return <Text>{withSigns(children, useAppearance())}</Text>;
}
