import web from '@azora/web/messages/en.json'
import account from '../../messages/en.account.json'
import portal from '../../messages/en.json'
import teaching from '../../messages/en.teaching.json'

/**
 * All English messages: those of the learner's side, of one's account, of teaching, and what the
 * portal shows of the parts that all applications share.
 */
export const english = {
  ...portal,
  ...account,
  ...teaching,
  impersonation: web.impersonation,
  drafts: web.drafts,
}
