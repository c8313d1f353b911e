import type { Snippet } from '../code/snippets.tsx'

/** "Who am I" in three languages, each to be pasted and run as it is, without a package to install. */
export function firstCallSnippets(origin: string, key: string | null): Snippet[] {
  const bearer = `Bearer ${key ?? 'YOUR_KEY'}`
  return [
    {
      id: 'curl',
      label: 'curl',
      language: 'shell',
      code: `curl '${origin}/api/v1/auth/me' \\\n  -H 'authorization: ${bearer}'`,
    },
    {
      id: 'typescript',
      label: 'TypeScript',
      language: 'typescript',
      code: `// first-call.mts: node first-call.mts
const answer = await fetch('${origin}/api/v1/auth/me', {
  headers: { authorization: '${bearer}' },
})
console.log(answer.status, await answer.json())`,
    },
    {
      id: 'python',
      label: 'Python',
      language: 'python',
      code: `# first_call.py: python3 first_call.py
import json, urllib.request

request = urllib.request.Request(
    "${origin}/api/v1/auth/me",
    headers={"authorization": "${bearer}"},
)
with urllib.request.urlopen(request) as answer:
    print(answer.status, json.load(answer))`,
    },
  ]
}
