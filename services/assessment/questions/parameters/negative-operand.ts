/** Where a negative number would be read as something else in a text: 5 − −3, 2−3, and −3², which is −9. */

const elements = 'a|b|code|em|i|mark|s|small|span|strong|u|var'
/** What ends no word and no number, with a power or an index that has ended: that is the number before. */
const elementAtEnd = new RegExp(`<(?:/(?:${elements}|sub|sup)|(?:${elements})\\b[^<>]*)>$`)
const closing = `(?:</(?:${elements})>)*`
/** In scripts of other kinds words stand beside a number without a space. */
const letter = String.raw`\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}`
const before = new RegExp(String.raw`(?:[\d)${letter}]|</math>|[-+−–±∓·⋅∙*×÷/^]\s*)$`, 'u')
const raised = new RegExp(String.raw`^${closing}(?:<sup\b|\^|[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ])`)
/** What lies further away says nothing, and texts are long. */
const near = 300

/** Whether a negative number needs brackets between two pieces of HTML, or of a text. */
export function isOperand(left: string, right: string): boolean {
  let text = left.slice(-near).replace(/&nbsp;|&#160;|&#xa0;/gi, ' ')
  while (elementAtEnd.test(text)) text = text.replace(elementAtEnd, '')
  return before.test(text) || raised.test(right.slice(0, near))
}
