import { tokenRequest } from '../clients/token-request.ts'
import type { Guide } from './block.ts'

export const authentication: Guide = {
  slug: 'authentication',
  texts: 'guideAuthentication',
  blocks: origin => [
    'intro',
    '- pickKey pickClient pickSession',
    '# keys',
    'keysText',
    {
      title: 'keysCode',
      language: 'shell',
      code: `export AZORA_KEY='azora_…'\n\ncurl '${origin}/api/v1/auth/me' \\\n  -H "authorization: Bearer $AZORA_KEY"`,
    },
    'keysCare',
    '# clients',
    'clientsText',
    {
      title: 'clientsCode',
      language: 'shell',
      code: `export AZORA_CLIENT_ID='…' AZORA_CLIENT_SECRET='…'\n\n${tokenRequest(origin, '$AZORA_CLIENT_ID', '$AZORA_CLIENT_SECRET')}`,
    },
    {
      title: 'clientsAnswer',
      language: 'json',
      code: '{\n  "access_token": "eyJhbGciOiJFZERTQSIs…",\n  "token_type": "Bearer",\n  "expires_in": 900,\n  "scope": "education:read"\n}',
    },
    'clientsThen',
    '# sessions',
    'sessionsText',
    {
      title: 'sessionsCode',
      language: 'shell',
      code: `curl -X POST '${origin}/api/v1/auth/login' \\\n  -H 'content-type: application/json' \\\n  -d '{"email":"you@school.example","password":"…"}'`,
    },
    'sessionsThen',
    '# narrower',
    'narrowerText',
  ],
}
