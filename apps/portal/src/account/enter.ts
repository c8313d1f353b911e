import { forgetEverything } from '@azora/web/offline/forget.ts'
import { ApiError, call } from '../lib/api.browser.ts'

const ownerKey = 'azora_owner'

/**
 * What follows a sign-in: what this device kept of someone else goes, the course that was asked for is enrolled
 * in, and the browser goes on to `destination`.
 */
export async function enter(accountId: string, destination: string, courseId: string | null): Promise<void> {
  if (localStorage.getItem(ownerKey) !== accountId) await forgetEverything()
  localStorage.setItem(ownerKey, accountId)
  if (courseId)
    await call('education.enroll', { courseId }).catch((failure: unknown) => {
      // The sign-in holds all the same; the page of a course that one is not enrolled in says what to do.
      if (!(failure instanceof ApiError)) throw failure
    })
  location.assign(destination)
}
