import {useEffect, useRef, useState, type ReactNode, type RefObject} from 'react';
import type {ImportOpener, ImportPreview} from '../../../actions/import-file.ts';
import {AgeStep} from './age-step.tsx';
import {FileStep, type Encryption} from './file-step.tsx';
import {Review} from './review.tsx';

function forget(opener: RefObject<ImportOpener | undefined>): void {
	if (opener.current && 'passphrase' in opener.current) opener.current.passphrase.wipe();
	opener.current = undefined;
}

/**
 * Takes keys from a file: its path is typed, an age file is opened, then what would happen is shown, and only then it
 * happens.
 */
export function Import(): ReactNode {
	const [file, setFile] = useState('');
	const [encryption, setEncryption] = useState<Encryption>();
	const [preview, setPreview] = useState<ImportPreview>();
	// The import reads the file once more; until then, what opened it is kept.
	const opener = useRef<ImportOpener>(undefined);
	useEffect(
		() => () => {
			forget(opener);
		},
		[],
	);
	const leave = () => {
		forget(opener);
		setPreview(undefined);
		setEncryption(undefined);
	};
	if (preview) return <Review preview={preview} opener={opener} onLeave={leave} />;
	if (encryption)
		return (
			<AgeStep
				file={file}
				encryption={encryption}
				onPreview={(found, given) => {
					opener.current = given;
					setPreview(found);
				}}
				onBack={leave}
			/>
		);
	return (
		<FileStep
			file={file}
			onPreview={found => {
				setFile(found.file);
				setPreview(found);
			}}
			onEncrypted={(path, found) => {
				setFile(path);
				setEncryption(found);
			}}
		/>
	);
}
