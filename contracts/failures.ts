/**
 * How a contract states what it refuses: each part of the system has a list of its own beside its contract. The code is
 * the stable part; programs match on it. The messages are for developers, in English: our own pages show the texts of
 * their message files (`apps/web/messages/en.failures.json`), found by the same names.
 */
export type Failures = {
  /** Each with its HTTP status. */
  codes: Record<string, { status: number; message: string }>
  /** What narrows a code: why just this was refused. `{name}` in a message stands for one of the refusal's values. */
  reasons: Record<string, { code: string; message: string }>
  /** What can be wrong with a field, beyond its shape. */
  fields: Record<string, string>
}

/** What every part may refuse. */
export const commonFailures = {
  codes: {
    invalid_input: { status: 400, message: 'Some of the values are not valid.' },
    unauthenticated: { status: 401, message: 'Sign in to do this.' },
    session_expired: { status: 401, message: 'This session has ended. Sign in again.' },
    forbidden: { status: 403, message: 'You do not have permission to do this.' },
    csrf_rejected: { status: 403, message: 'This request did not come from this site.' },
    insufficient_scope: { status: 403, message: 'This key does not have the scope for this.' },
    not_found: { status: 404, message: 'Not found, or you do not have access to it.' },
    method_not_allowed: { status: 405, message: 'This address does not accept that method.' },
    conflict: { status: 409, message: 'This has changed since you opened it. Reload it and try again.' },
    idempotency_conflict: {
      status: 409,
      message: 'This idempotency key was already used for a different request.',
    },
    already_done: {
      status: 409,
      message: 'This was already done. The result is shown only once.',
    },
    payload_too_large: { status: 413, message: 'The file or request is too large.' },
    rate_limited: { status: 429, message: 'Too many requests. Wait a little and try again.' },
    too_many_connections: {
      status: 429,
      message: 'Too many live connections are open for this account. Close other tabs, then try again.',
    },
    internal: { status: 500, message: 'Something went wrong on our side. Try again in a moment.' },
    storage_full: {
      status: 503,
      message: 'There is no space left to save this. Nothing was changed. Tell an administrator.',
    },
    unavailable: {
      status: 503,
      message: 'This part of the system is not available right now. Try again soon.',
    },
  },
  reasons: {
    address_malformed: { code: 'invalid_input', message: 'The address of this request is not well formed.' },
    version_unchanged: { code: 'not_found', message: 'Version {version} did not change this; use {path}.' },
    still_answering: {
      code: 'conflict',
      message: 'The first request with this key is still being answered.',
    },
    approval_waiting: { code: 'conflict', message: 'An approval of this is already being asked for.' },
    answered_elsewhere: { code: 'conflict', message: 'Another request with this key was faster.' },
  },
  fields: {
    email_invalid: 'This is not an email address.',
    name_controls: 'Remove line breaks and control characters.',
    name_direction: 'Remove the characters that change the direction of the text.',
    name_unknown_characters: 'Remove the characters that other devices cannot show.',
    name_stacked: 'Use fewer accents and marks on one letter.',
    name_invisible: 'Use at least one character that can be seen.',
    currency_unknown: 'This is not the code of a currency in use (ISO 4217).',
    cursor_unknown: 'Not a cursor of this list.',
    key_form: 'Up to 200 visible ASCII characters.',
    invalid_json: 'The body is not valid JSON.',
    body_too_deep: 'The body is nested more than {most} deep.',
    body_too_many_names: 'An object of the body has more than {most} names.',
    body_too_many_values: 'The body holds more than {most} values.',
    invalid_character: 'The null character and incomplete characters are not accepted.',
  },
} as const satisfies Failures
