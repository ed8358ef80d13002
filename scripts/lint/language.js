// Rules of our own for oxlint: what people read goes through source/language/translate.ts.

/** A word, a blank and a word with small letters; a value of a template counts as a word. */
const prose = /[\p{L}0][,:;]? \p{Lu}*\p{Ll}[\p{L}’]+(?![\p{L}_])/u;

/** What is thrown for programmers, looked for, hashed, kept secret, or run as SQL. */
const unread = /^(?:\w*(?:Error|Exception)|includes|checksum|update|Secret|exec)$/;

/** Members whose texts are paths or command lines, which stay English. */
const unreadMembers = new Set(['paths', 'command']);

const isFunction = ({type}) => type.includes('Function');

const nameOf = callee => (callee.type === 'MemberExpression' ? callee.property.name : callee.name);

/** Whether a text is compared, imported, a key, a type or unread, and so is not shown to people. */
function isSilent(node) {
	const {parent} = node;
	switch (parent.type) {
		case 'TaggedTemplateExpression':
		case 'ImportDeclaration':
		case 'ImportExpression':
		case 'ExportAllDeclaration':
		case 'ExportNamedDeclaration':
		case 'TSLiteralType':
			return true;
		case 'BinaryExpression':
			return parent.operator === '+' ? isSilent(parent) : true;
		case 'SwitchCase':
			return parent.test === node;
		case 'Property':
			return parent.key === node || unreadMembers.has(parent.key.name);
		case 'ArrayExpression':
			return isSilent(parent);
		case 'MemberExpression':
			return parent.property.name === 'split';
		case 'NewExpression':
		case 'CallExpression':
			return unread.test(nameOf(parent.callee) ?? '');
		default:
			return false;
	}
}

const translated = {
	meta: {
		type: 'problem',
		messages: {untranslated: 'Write this as t`…`, or as msg`…` in a table: people read it.'},
	},
	create(context) {
		const check = (node, text) => {
			if (prose.test(text) && !isSilent(node)) context.report({node, messageId: 'untranslated'});
		};
		return {
			Literal(node) {
				if (typeof node.value === 'string') check(node, node.value);
			},
			TemplateLiteral(node) {
				check(node, node.quasis.map(({value}) => value.cooked).join('0'));
			},
			JSXText(node) {
				if (/\p{L}/u.test(node.value)) context.report({node, messageId: 'untranslated'});
			},
		};
	},
};

/** Such as `name()` or `option.summary()`. */
const isRendering = ({type, arguments: given}) => type === 'CallExpression' && given.length === 0;

const late = {
	meta: {
		type: 'problem',
		messages: {early: 'The language is not chosen yet: write msg`…`, and call it where it is shown.'},
	},
	create: context => ({
		TaggedTemplateExpression(node) {
			const isRendered = node.tag.name === 'msg' && node.quasi.expressions.some(isRendering);
			if (node.tag.name !== 't' && !isRendered) return;
			let {parent} = node;
			while (parent !== null && !isFunction(parent)) ({parent} = parent);
			if (parent === null) context.report({node, messageId: 'early'});
		},
	}),
};

const whole = {
	meta: {
		type: 'problem',
		messages: {
			fragment: 'Other languages put their words in another order: write the whole sentence, not a piece of one.',
		},
	},
	create: context => ({
		TaggedTemplateExpression({tag, quasi}) {
			if (tag.name !== 't' && tag.name !== 'msg') return;
			const text = quasi.quasis.map(({value}) => value.cooked).join('0');
			if (/^[\s,;:.)]|[^:?\]]\s$/.test(text)) context.report({node: quasi, messageId: 'fragment'});
		},
	}),
};

export default {meta: {name: 'language'}, rules: {translated, late, whole}};
