import { randomInt } from 'node:crypto'

// Without letters and digits that look alike.
const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** What a learner is called where names are hidden. It is drawn, so that nothing leads from it to the learner. */
export const newAlias = () => Array.from({ length: 6 }, () => signs[randomInt(signs.length)]).join('')
