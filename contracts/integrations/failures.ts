import type { Failures } from '../failures.ts'

/** What integrations refuses. */
export const integrationsFailures = {
  codes: {},
  reasons: {
    webhooks_limit: { code: 'conflict', message: 'There can be at most {most} webhooks. Delete one first.' },
  },
  fields: {
    url_unreadable: 'This is not an address.',
    url_not_https: 'Use https.',
    url_not_http: 'Use http or https.',
    url_with_credentials: 'Leave name and password out of the address.',
    url_port: 'Use port 443 or 8443.',
    url_private: 'Use a public address. Azora does not call private networks.',
    url_local_hint: 'To try webhooks on this machine, start Azora with AZORA_WEBHOOKS_TO_PRIVATE=true.',
    span_empty: 'Choose a time after the beginning.',
    span_long: 'At most {days} days at once.',
  },
} as const satisfies Failures
