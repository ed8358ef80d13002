import type {ReactNode} from 'react';
import {padToWidth} from '../../core/text/width.ts';
import {useAvailableActions} from '../keyboard/layers.ts';
import {footerItems, footerRows} from './footer-rows.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {SpokenText, useAppearance} from '../drawing/styled-text.tsx';
import {t} from '../../language/translate.ts';

export function Footer({columns, rows}: {readonly columns: number; readonly rows: number}): ReactNode {
	const {actions, isTyping} = useAvailableActions();
	const {isSpoken} = useAppearance();
	const items = footerItems(actions, isTyping);
	if (isSpoken) return <SpokenText>{t`Keys: ${items.map(({key, label}) => `${key} ${label}`).join(', ')}`}</SpokenText>;
	const shownRows = footerRows(items, columns, rows);
	const padding = Array.from({length: rows - shownRows.length}, (): Row => [padToWidth('', 1)]);
	return <Rows width={columns} rows={[...shownRows, ...padding]} />;
}
