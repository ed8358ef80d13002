import {createContext, useContext} from 'react';

export type Viewport = {readonly columns: number; readonly rows: number};

export const ViewportContext = createContext<Viewport>({columns: 80, rows: 20});

export function useViewport(): Viewport {
	return useContext(ViewportContext);
}
