import type { Guide } from './block.ts'

export const errors: Guide = {
  slug: 'errors',
  texts: 'guideErrors',
  blocks: origin => [
    'intro',
    {
      title: 'shape',
      language: 'json',
      code: `{
  "code": "invalid_input",
  "status": 400,
  "message": "Some of the values are not valid.",
  "data": {
    "correlationId": "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
    "fields": [
      { "path": "limit", "code": "too_big", "message": "Too big: expected number to be <=100" }
    ]
  }
}`,
    },
    '- code message fields correlation',
    '# see',
    { title: 'seeCode', language: 'shell', code: `curl -i '${origin}/api/v1/education/courses?limit=1000'` },
    '# client',
    {
      title: 'clientCode',
      language: 'typescript',
      code: `import { AzoraError } from '@azora/client'

try {
  await azora.education.createCourse({ title: '', category: 'science' })
} catch (failure) {
  if (!(failure instanceof AzoraError)) throw failure
  if (failure.code === 'invalid_input') console.log(failure.fields)
  else console.log(failure.code, failure.correlationId)
}`,
    },
    'all',
  ],
}
