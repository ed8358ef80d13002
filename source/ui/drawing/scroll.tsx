import {
	createContext,
	useCallback,
	useContext,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
	type ReactNode,
} from 'react';
import {Box, measureElement, type DOMElement} from 'ink';
import {useViewport} from './viewport.ts';

type Follower = {readonly follow: (node: DOMElement | null) => void; readonly adjust: () => void};

const FollowerContext = createContext<Follower>({follow() {}, adjust() {}});

/** The viewport of a screen. A taller form scrolls to keep the focused field visible. */
export function Scroll({isShown, children}: {readonly isShown: boolean; readonly children: ReactNode}): ReactNode {
	const room = useViewport();
	const viewport = useRef<DOMElement>(null);
	const followed = useRef<DOMElement>(null);
	const [offset, setOffset] = useState(0);
	const adjust = useCallback(() => {
		if (!followed.current || !viewport.current) return setOffset(0);
		const {y, height} = measureElement(followed.current);
		const {y: start, height: visible} = measureElement(viewport.current);
		const top = y - start;
		setOffset(Math.max(0, Math.min(top, top + height - visible)));
	}, []);
	const follower = useMemo(
		(): Follower => ({
			adjust,
			follow(node) {
				followed.current = node;
				adjust();
			},
		}),
		[adjust],
	);
	useLayoutEffect(adjust, [adjust, room, isShown]);

	return (
		<Box
			ref={viewport}
			display={isShown ? 'flex' : 'none'}
			flexDirection="column"
			width={room.columns}
			height={room.rows}
			flexShrink={0}
			overflow="hidden"
			contentOffsetY={offset}
		>
			<FollowerContext value={follower}>
				<Box flexDirection="column" flexShrink={0}>
					{children}
				</Box>
			</FollowerContext>
		</Box>
	);
}

export function KeepInView({
	isFocused,
	children,
}: {
	readonly isFocused: boolean;
	readonly children: ReactNode;
}): ReactNode {
	const {follow, adjust} = useContext(FollowerContext);
	const node = useRef<DOMElement>(null);
	useLayoutEffect(() => {
		if (!isFocused) return undefined;
		follow(node.current);
		return () => {
			follow(null);
		};
	}, [follow, isFocused]);
	useLayoutEffect(() => {
		if (isFocused) adjust();
	});
	return (
		<Box ref={node} flexDirection="column" flexShrink={0}>
			{children}
		</Box>
	);
}
