import {createContext, useContext} from 'react';

/** The room that a screen has, in terminal cells. */
export type Room = {readonly columns: number; readonly rows: number};

export const RoomContext = createContext<Room>({columns: 80, rows: 20});

export function useRoom(): Room {
	return useContext(RoomContext);
}
