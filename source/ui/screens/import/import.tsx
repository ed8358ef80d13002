import {useState, type ReactNode} from 'react';
import type {ImportPreview} from '../../../actions/import-file.ts';
import {FileStep} from './file-step.tsx';
import {Review} from './review.tsx';

/** Takes keys from a file: its path is typed, then what would happen is shown, and only then it happens. */
export function Import(): ReactNode {
	const [file, setFile] = useState('');
	const [preview, setPreview] = useState<ImportPreview>();
	if (preview)
		return (
			<Review
				preview={preview}
				onLeave={() => {
					setPreview(undefined);
				}}
			/>
		);
	return (
		<FileStep
			file={file}
			onPreview={found => {
				setFile(found.file);
				setPreview(found);
			}}
		/>
	);
}
