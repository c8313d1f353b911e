import { ApiError, ConnectionLost } from '@azora/web/calls/failures.ts'

/** Failures after which the same may be sent again later. */
export const isPassing = (failure: unknown): boolean =>
  failure instanceof ConnectionLost ||
  (failure instanceof ApiError &&
    (failure.status >= 500 ||
      failure.status === 429 ||
      failure.status === 408 ||
      failure.status === 401 ||
      // Not said by the API: something before it answered, such as the filter of a school's network.
      failure.code === 'internal' ||
      // What waits here is the owner's own, and goes out once they have returned to their account.
      failure.code === 'impersonation_read_only' ||
      // Its learner is resting, maybe on another device; it is taken after that.
      failure.code === 'attempt_on_break' ||
      // Another try took its place, or it broke off.
      failure.data.reason === 'upload_interrupted'))
