import { environmentVariable } from '../code/environment-variable.ts'
import type { Guide } from './block.ts'

export const webhooks: Guide = {
  slug: 'webhooks',
  texts: 'guideWebhooks',
  blocks: () => [
    'intro',
    {
      title: 'message',
      language: 'http',
      code: `POST /azora HTTP/1.1
content-type: application/json
webhook-id: 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b
webhook-timestamp: 1774000000
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

{"type":"course.completed","timestamp":"2026-03-20T09:46:40.000Z","data":{…}}`,
    },
    '# rules',
    '- raw quick twice order',
    '# verify',
    'verifyText',
    {
      title: 'typescript',
      language: 'typescript',
      code: `import { createServer } from 'node:http'
import { verifyWebhook } from '@azora/client'

createServer(async (request, response) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  try {
    const event = await verifyWebhook(${environmentVariable('AZORA_WEBHOOK_SECRET')}!, request.headers, Buffer.concat(pieces))
    console.log(event.type, event.data)
    response.writeHead(204).end()
  } catch {
    response.writeHead(401).end()
  }
}).listen(8080)`,
    },
    {
      title: 'python',
      language: 'python',
      code: `import base64, hashlib, hmac, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer

secret = base64.b64decode(os.environ["AZORA_WEBHOOK_SECRET"].removeprefix("whsec_"))

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        sent_at = self.headers["webhook-timestamp"]
        signed = f"{self.headers['webhook-id']}.{sent_at}.".encode() + body
        right = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
        given = [one.removeprefix("v1,") for one in self.headers["webhook-signature"].split(" ")]
        fresh = abs(time.time() - int(sent_at)) < 300
        genuine = fresh and any(hmac.compare_digest(right, one) for one in given)
        if genuine:
            print(body.decode())
        self.send_response(204 if genuine else 401)
        self.end_headers()

HTTPServer(("", 8080), Receiver).serve_forever()`,
    },
    {
      title: 'shell',
      language: 'shell',
      code: `# $id, $timestamp and $signature are the three headers; body.json holds the body, byte for byte.
key=$(printf '%s' "\${AZORA_WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -vtx1 | tr -d ' \\n')
right=$( { printf '%s.%s.' "$id" "$timestamp"; cat body.json; } \\
  | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
case " $signature " in *" v1,$right "*) echo genuine ;; *) echo forged ;; esac`,
    },
    '# again',
    'againText',
    'pauses',
    'disabled',
    'replay',
    '# rotate',
    'rotateText',
  ],
}
