import type { Guide } from './block.ts'

export const versions: Guide = {
  slug: 'versions',
  texts: 'guideVersions',
  blocks: origin => [
    'intro',
    '- may mayNot',
    '# second',
    'secondText',
    { title: 'secondCode', language: 'shell', code: `curl '${origin}/api/v2/education/courses?limit=3'` },
    '# deprecated',
    'deprecatedText',
    {
      title: 'deprecatedCode',
      language: 'http',
      code: `Deprecation: @1767225600
Sunset: Thu, 31 Dec 2026 00:00:00 GMT
Link: </api/v2/education/courses>; rel="successor-version"`,
    },
    'deprecatedThen',
  ],
}
