import {quotedMessage, shared, type DiagnosisRow, type DiagnosisRows} from '../row.ts';
import {msg, t} from '../../../language/translate.ts';

const askSupport = msg`Ask the support of the exchange.`;
const onThePage = msg`Use the page of the exchange.`;
const mainKeyNeeded: DiagnosisRow = {
	exit: 'permissionMissing',
	cause: msg`Only a key of the main account may do this, and this one is of a sub-account.`,
	fix: msg`Use a main-account key.`,
};
const notVerified: DiagnosisRow = {
	exit: 'permissionMissing',
	cause: msg`The exchange wants the owner of the account to be verified first.`,
	fix: msg`Complete the verification (level 2) on the page of the exchange.`,
};
const liquidated: DiagnosisRow = {
	exit: 'frozen',
	cause: msg`The account is frozen after a liquidation.`,
	fix: askSupport,
};
const reduced: DiagnosisRow = {
	exit: 'frozen',
	cause: msg`The exchange is reducing positions by force, and has frozen a part of the account for that time.`,
	fix: msg`Look at the account on the page of the exchange.`,
};
const notForThisAccount: DiagnosisRow = {
	exit: 'permissionMissing',
	cause: failure => t`The settings of the account do not allow this${quotedMessage(failure)}`,
	fix: msg`Look at the settings of the account on the page of the exchange.`,
};
const custody: DiagnosisRow = {
	exit: 'frozen',
	cause: msg`The exchange does not let this account use such a sub-account.`,
	fix: askSupport,
};
const noSubAccount: DiagnosisRow = {
	exit: 'keyMissing',
	cause: msg`The exchange does not know this sub-account.`,
	fix: msg`Names are case sensitive; look at them on the page.`,
};
const noTransfer: DiagnosisRow = {
	exit: 'permissionMissing',
	cause: msg`The key may not make this transfer.`,
	fix: msg`Look at the rights of the sub-account on the page of the exchange.`,
};
const halfMade: DiagnosisRow = {
	exit: 'unexpected',
	cause: failure => t`The exchange did not fully make the sub-account${quotedMessage(failure)}`,
	fix: msg`Look at it on the page of the exchange.`,
};
const demoFunds: DiagnosisRow = {
	exit: 'unexpected',
	cause: failure => t`The exchange did not change the funds of demo trading${quotedMessage(failure)}`,
	fix: msg`Change them on its page, in demo trading.`,
};

/** Source: docs/okx-api.md §6. */
export const codesOfAccounts: DiagnosisRows = {
	'50007': {exit: 'frozen', cause: msg`The account is blocked.`, fix: askSupport},
	'50008': {
		exit: 'keyMissing',
		cause: msg`The exchange does not know the account.`,
		fix: msg`Check the site of the key.`,
	},
	'50012': {exit: 'frozen', cause: msg`The account is in a state that allows nothing now.`, fix: askSupport},
	'50027': {exit: 'frozen', cause: msg`The account is restricted from trading.`, fix: askSupport},
	'50028': {exit: 'frozen', cause: msg`The exchange finds the account abnormal.`, fix: askSupport},
	'50029': {
		exit: 'frozen',
		cause: msg`The exchange suspects a risk and has suspended the account.`,
		fix: msg`Look for its e-mail, or ask its support.`,
	},
	...shared('50009 50020 50021 50022', liquidated),
	...shared('50017 50018 50019', reduced),
	'50023': {
		exit: 'frozen',
		cause: msg`The exchange is settling a funding fee, and allows nothing for that time.`,
		fix: msg`Try again in a few minutes.`,
	},
	...shared('50032 50033 50048 50050 50063 50069 50072 50075 51010 59002', notForThisAccount),
	...shared('50059 50060 59113 59550', notVerified),
	...shared('50055 50056 50057 50058 59691 59692 59693', demoFunds),

	...shared('59500 59604', mainKeyNeeded),
	'59501': {
		exit: 'usage',
		cause: msg`The account has 50 API keys, the most it can have.`,
		fix: msg`Delete one that is not used.`,
	},
	'59502': {exit: 'usage', cause: msg`The account already has a key of this name.`, fix: msg`Choose another name.`},
	'59503': {
		exit: 'usage',
		cause: msg`More than 20 addresses are too many for one key.`,
		fix: msg`Join neighbours into networks.`,
	},
	'59504': {exit: 'usage', cause: msg`A key of a sub-account can never withdraw.`, fix: msg`Leave withdraw out.`},
	'59505': {
		exit: 'usage',
		cause: msg`The exchange does not accept this passphrase.`,
		fix: msg`Use 8 to 32 characters with a digit, an upper-case and a lower-case letter and a special character.`,
	},
	'59506': {
		exit: 'keyMissing',
		cause: msg`The exchange does not know this key of the sub-account.`,
		fix: msg`It may have been deleted on the page.`,
	},

	...shared('58115 59510', noSubAccount),
	...shared('58119 58127 58128 59512', noTransfer),
	'59507': {
		exit: 'usage',
		cause: msg`A transfer needs two different sub-accounts of one main account.`,
		fix: msg`Name two of them.`,
	},
	'59508': {
		exit: 'frozen',
		cause: msg`The sub-account is suspended.`,
		fix: msg`Enable it on the page of the exchange.`,
	},
	...shared('59515 59516 59517', custody),
	'59518': {
		exit: 'permissionMissing',
		cause: msg`The exchange does not do this by its API for this account.`,
		fix: onThePage,
	},
	'59519': {exit: 'frozen', cause: msg`The exchange has frozen this function of the account.`, fix: askSupport},
	'59601': {exit: 'usage', cause: msg`There is already a sub-account of this name.`, fix: msg`Choose another name.`},
	'59603': {
		exit: 'usage',
		cause: msg`The account has as many sub-accounts as it can have.`,
		fix: msg`Delete one that is not used, on the page of the exchange.`,
	},
	'59606': {exit: 'usage', cause: msg`A sub-account that holds funds is not deleted.`, fix: msg`Move its funds first.`},
	'59613': {
		exit: 'permissionMissing',
		cause: msg`The sub-account is not in the custody of this account.`,
		fix: onThePage,
	},
	'59614': {
		exit: 'permissionMissing',
		cause: msg`A sub-account that is managed for others does not allow this.`,
		fix: onThePage,
	},
	...shared('59617 59618', halfMade),
};
