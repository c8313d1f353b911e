import type { Guide } from './block.ts'

export const rateLimits: Guide = {
  slug: 'rate-limits',
  texts: 'guideLimits',
  blocks: origin => [
    'intro',
    '- key person address',
    'classes',
    '# headers',
    'headersText',
    {
      title: 'headersCode',
      language: 'http',
      code: `RateLimit-Policy: "general-key";q=300;w=60, "general-person";q=600;w=60
RateLimit: "general-key";r=297;t=41, "general-person";r=597;t=41`,
    },
    '- q r t',
    {
      title: 'seeCode',
      language: 'shell',
      code: `curl -sD - -o /dev/null '${origin}/api/v1/auth/me' \\\n  -H "authorization: Bearer $AZORA_KEY" | grep -i ratelimit`,
    },
    '# refused',
    'refusedText',
    'now',
  ],
}
