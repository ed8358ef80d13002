// The built program at another time, so that dates and ages in the pictures are the same whenever they are made.
const ahead = Number(process.env.PICTURE_TIME) - Date.now();
const RealDate = Date;

globalThis.Date = class extends RealDate {
	constructor(...given) {
		super(...(given.length === 0 ? [RealDate.now() + ahead] : given));
	}

	static now() {
		return RealDate.now() + ahead;
	}
};

await import('../../bin/okx-keys.js');
