import { environmentVariable } from '../code/environment-variable.ts'
import type { Guide } from './block.ts'

export const pagination: Guide = {
  slug: 'pagination',
  texts: 'guidePagination',
  blocks: origin => [
    'intro',
    {
      title: 'answer',
      language: 'json',
      code: '{\n  "items": [ … ],\n  "nextCursor": "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"\n}',
    },
    'cursor',
    '# shell',
    {
      title: 'shellCode',
      language: 'shell',
      code: `cursor=''
while : ; do
  page=$(curl -sG '${origin}/api/v1/education/courses' \\
    --data-urlencode 'limit=5' \${cursor:+--data-urlencode "cursor=$cursor"})
  echo "$page" | python3 -c 'import json,sys; [print(c["title"]) for c in json.load(sys.stdin)["items"]]'
  cursor=$(echo "$page" | python3 -c 'import json,sys; print(json.load(sys.stdin)["nextCursor"] or "")')
  [ -n "$cursor" ] || break
done`,
    },
    '# client',
    'clientText',
    {
      title: 'clientCode',
      language: 'typescript',
      code: `import { createAzora, pages } from '@azora/client'

const azora = createAzora({ url: '${origin}', apiKey: ${environmentVariable('AZORA_KEY')} })
for await (const course of pages(azora.education.listCourses, { limit: 50 })) {
  console.log(course.title)
}`,
    },
    'stable',
  ],
}
