/** What a learner typed, as HTML that shows it and does nothing. */
export const typedAnswer = (text: string) => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
