import { signedOutEvent } from '@azora/web/offline/caches.ts'
import { forgetEverything } from '@azora/web/offline/forget.ts'
import { ApiError, call } from './api.browser.ts'

/**
 * Ends the session, and removes every page and answer that this device kept of it.
 * @returns whether it ended. Also without a connection the device keeps nothing for the next person.
 */
export async function signOutHere(): Promise<boolean> {
  let isEnded = true
  try {
    await call('auth.logout', {})
  } catch (failure) {
    // A session that has ended already is signed out; anything else must not look as if it were.
    isEnded = failure instanceof ApiError && failure.status === 401
  }
  if (isEnded) dispatchEvent(new Event(signedOutEvent))
  await forgetEverything()
  return isEnded
}
