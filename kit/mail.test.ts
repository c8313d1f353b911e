import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { insideTransaction } from './context.ts'
import { localMail, smtpMail } from './mail.ts'

const message = {
  to: 'ann@school.example',
  subject: 'Welcome, Ünal',
  text: 'Read this.',
  html: '<p>Read this.</p>',
}

describe('The local mailbox', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'azora-mail-'))
  })
  after(() => rm(folder, { recursive: true }))

  test('is empty before anything was sent, even where there is no folder.', async () => {
    assert.deepEqual(await localMail(join(folder, 'none')).mailbox?.(), [])
  })

  test('keeps emails whole, newest first, and shows none that is half written.', async () => {
    const mail = localMail(join(folder, 'box'))
    for (const subject of ['one', 'two', 'three']) await mail.send({ ...message, subject })
    await writeFile(join(folder, 'box', 'half.part'), '{"subj')
    const kept = (await mail.mailbox?.()) ?? []
    assert.deepEqual(
      kept.map(one => one.subject),
      ['three', 'two', 'one'],
    )
    const { id, sentAt, ...rest } = kept[0] ?? assert.fail('nothing was kept')
    assert.deepEqual(rest, { ...message, subject: 'three' })
    assert.ok(id.length === 36 && Date.parse(sentAt) <= Date.now())
  })
})

/** As much of RFC 5321 as takes in one email after another. `refuse` answers each recipient with 550. */
async function startSmtpSink(refuse = false) {
  const taken: { from: string; to: string; body: string }[] = []
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    const current = { from: '', to: '', body: '' }
    let inBody = false
    let held = ''
    const say = (line: string) => socket.write(`${line}\r\n`)
    const command = (line: string) => {
      if (/^EHLO/i.test(line)) return say('250 sink')
      if (/^MAIL FROM:/i.test(line)) current.from = line.slice(10)
      if (/^RCPT TO:/i.test(line)) {
        if (refuse) return say('550 No such person here')
        current.to = line.slice(8)
      }
      if (/^DATA/i.test(line)) {
        inBody = true
        return say('354 Go on')
      }
      return say(/^QUIT/i.test(line) ? '221 Bye' : '250 OK')
    }
    say('220 sink')
    socket.on('data', chunk => {
      held += chunk.toString()
      for (let at = held.indexOf('\r\n'); at >= 0; at = held.indexOf('\r\n')) {
        const line = held.slice(0, at)
        held = held.slice(at + 2)
        if (!inBody) command(line)
        else if (line === '.') {
          inBody = false
          taken.push({ ...current })
          say('250 Taken')
        } else current.body += `${line}\n`
      }
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    stop: () =>
      new Promise<void>(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

describe('Mail by SMTP', () => {
  test('reaches the server with its sender, recipient, subject and both texts, and keeps nothing here.', async () => {
    const sink = await startSmtpSink()
    try {
      const mail = await smtpMail(sink.url, 'Azora <no-reply@school.example>')
      await mail.send(message)
      assert.equal(mail.mailbox, null)
      const [sent] = sink.taken
      assert.deepEqual([sent?.from, sent?.to], ['<no-reply@school.example>', '<ann@school.example>'])
      assert.match(sent?.body ?? '', /^From: Azora <no-reply@school\.example>$/m)
      assert.match(sent?.body ?? '', /^Subject: =\?UTF-8\?/m)
      assert.match(sent?.body ?? '', /text\/plain.*Read this\..*text\/html.*<p>Read this\.<\/p>/s)
    } finally {
      await sink.stop()
    }
  })

  test('takes no headers from what a person wrote into a name.', async () => {
    const sink = await startSmtpSink()
    try {
      const subject = 'Hello\r\nBcc: all@school.example'
      const mail = await smtpMail(sink.url, 'Azora <no-reply@school.example>')
      await mail.send({ ...message, subject })
      assert.doesNotMatch(sink.taken[0]?.body ?? '', /^Bcc:/im)
      assert.equal(sink.taken[0]?.to, '<ann@school.example>')
    } finally {
      await sink.stop()
    }
  })

  test('that is refused, or has no server, fails, so that its job is tried again.', async () => {
    const sink = await startSmtpSink(true)
    try {
      const mail = await smtpMail(sink.url, 'a@school.example')
      await assert.rejects(mail.send(message), /No such person here/)
    } finally {
      await sink.stop()
    }
    const mail = await smtpMail(sink.url, 'a@school.example')
    await assert.rejects(mail.send(message), /ECONNREFUSED/)
  })
})

test('No email is sent inside a transaction, which could not take it back.', async () => {
  for (const mail of [localMail('/nowhere'), await smtpMail('smtp://127.0.0.1:1', 'a@school.example')]) {
    const attempt = insideTransaction('auth', () => mail.send(message))
    await assert.rejects(attempt, /Sending mail inside a database transaction of auth/)
  }
})
