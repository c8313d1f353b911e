import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { composeEmail, oneLine } from './compose-email.ts'
import { smtpMail } from './mail.ts'

const draft = {
  to: 'thandi@school.example',
  subject: 'A subject',
  name: 'Thandi',
  parts: [
    'A paragraph.',
    { code: '012345' },
    { link: 'https://school.example/a?b=1&c=2#token=x', label: 'Go' },
  ],
  schoolName: 'North School',
  publicUrl: 'https://school.example',
}

test('An email says the same as text and as HTML, and at its end in whose name.', () => {
  const { text, html = '' } = composeEmail(draft)
  assert.equal(
    text,
    [
      'Hello Thandi,',
      'A paragraph.',
      '012 345',
      'Go:\nhttps://school.example/a?b=1&c=2#token=x',
      '--\nNorth School\nhttps://school.example',
    ].join('\n\n'),
  )
  for (const piece of ['Hello Thandi,', 'A paragraph.', '012 345', 'North School']) {
    assert.ok(html.includes(piece), piece)
  }
  assert.ok(html.includes('href="https://school.example/a?b=1&amp;c=2#token=x"'))
})

test('The HTML fetches nothing, runs nothing, and leaves the colours of ground and text to the reader.', () => {
  const { html = '' } = composeEmail(draft)
  assert.doesNotMatch(html, /<(?:img|script|style|link|iframe|object)\b|url\(|\ssrc=|@import/i)
  assert.match(html, /<meta name="color-scheme" content="light dark">/)
  const coloured = html.match(/style="[^"]*(?:^|[;"])(?:color|background(?:-color)?):[^"]*"/g) ?? []
  // The button sets both, the footer's link takes its text's.
  assert.equal(coloured.filter(style => !style.includes('color:inherit')).length, 1)
})

test('A greeting without a name greets all the same.', () => {
  assert.match(composeEmail({ ...draft, name: null }).text, /^Hello,\n/)
})

test('Markup in a name is text.', () => {
  const name = `<img src=x onerror="alert('1')"> & co`
  const { html = '', text } = composeEmail({ ...draft, name, schoolName: '</title><script>' })
  assert.ok(html.includes('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co'))
  assert.ok(!html.includes('<script>') && !html.includes('<img'))
  assert.ok(text.includes(name))
})

test('No text that a person chose begins another line, or turns the direction of the next.', () => {
  const hostile = 'A\r\nBcc: all@evil.example\r\n\r\nPay here\u2028\u2029\u0085\u202e.moc\u0000'
  const message = composeEmail({ ...draft, subject: hostile, name: hostile, to: `a@b.example\r\nCc: x@y` })
  for (const line of [message.subject, message.to])
    assert.doesNotMatch(line, /[\r\n\u2028\u2029\u0085\u202e\0]/)
  assert.equal(message.text.split('\n')[0], 'Hello A Bcc: all@evil.example Pay here .moc,')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      assert.doesNotMatch(oneLine(text), /[\p{Cc}\p{Zl}\p{Zp}]/u)
      assert.equal(oneLine(oneLine(text)), oneLine(text))
    }),
  )
})

test('On the wire no header comes of a hostile name of a person or a school.', async () => {
  let received = ''
  const server = createServer(socket => {
    let inData = false
    socket.write('220 test\r\n')
    socket.on('data', chunk => {
      const text = chunk.toString()
      if (inData) {
        received += text
        if (received.endsWith('\r\n.\r\n')) {
          inData = false
          socket.write('250 ok\r\n')
        }
        return
      }
      if (/^DATA/i.test(text)) {
        inData = true
        socket.write('354 go on\r\n')
      } else socket.write(/^QUIT/i.test(text) ? '221 bye\r\n' : '250 ok\r\n')
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  try {
    const hostile = 'North\r\nBcc: all@evil.example'
    const subject = `Welcome to ${hostile}`
    const mail = await smtpMail(`smtp://127.0.0.1:${port}`, 'Azora <no-reply@school.example>')
    await mail.send(composeEmail({ ...draft, subject, name: hostile, schoolName: hostile }))
  } finally {
    server.close()
  }
  const [headers = ''] = received.split('\r\n\r\n')
  assert.match(headers, /^Subject: Welcome to North Bcc: all@evil\.example$/m)
  assert.doesNotMatch(headers, /^Bcc:/im)
  assert.match(headers, /^Content-Type: multipart\/alternative/m)
})
