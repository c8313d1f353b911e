import type { Guide } from './block.ts'

export const retries: Guide = {
  slug: 'idempotency-and-retries',
  texts: 'guideRetries',
  blocks: origin => [
    'intro',
    '# key',
    'keyText',
    {
      title: 'keyCode',
      language: 'shell',
      code: `# Twice the same: one key is made of it, one course, one enrolment.
curl -X POST '${origin}/api/v1/education/courses' \\
  -H "authorization: Bearer $AZORA_KEY" \\
  -H 'content-type: application/json' \\
  -H 'idempotency-key: import-rivers-17' \\
  -d '{"title":"Rivers","category":"science"}'`,
    },
    '- same shownOnce other running kept',
    '# again',
    'againText',
    '- yes429 yes5xx no',
    {
      title: 'againCode',
      language: 'python',
      code: `import json, os, time, urllib.error, urllib.request, uuid

def call(method, path, body, attempts=4):
    key = str(uuid.uuid4())  # one key for all attempts
    for attempt in range(1, attempts + 1):
        request = urllib.request.Request(
            "${origin}/api/v1" + path,
            method=method,
            data=json.dumps(body).encode(),
            headers={
                "authorization": "Bearer " + os.environ["AZORA_KEY"],
                "content-type": "application/json",
                "idempotency-key": key,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as failure:
            if failure.code not in (429, 502, 503, 504) or attempt == attempts:
                raise
            wait = float(failure.headers.get("retry-after") or 2 ** attempt)
        except urllib.error.URLError:
            if attempt == attempts:
                raise
            wait = 2 ** attempt
        time.sleep(wait)`,
    },
    'client',
  ],
}
