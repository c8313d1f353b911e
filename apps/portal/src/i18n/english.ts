import portal from '../../messages/en.json'
import teaching from '../../messages/en.teaching.json'

/** All English messages: those of the learner's side, and those of teaching, administration and the reference. */
export const english = { ...portal, ...teaching }
