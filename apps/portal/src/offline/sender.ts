import { call } from '../lib/api.browser.ts'
import { createSender } from './send-waiting.ts'

export const { sendWaiting, takeGraded } = createSender(call)
