import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { leaveProcess } from './context.ts'

export type Attachment = { filename: string; contentType: string; content: string; encoding: 'base64' }

export type Email = {
  to: string
  subject: string
  text: string
  html?: string
  attachments?: Attachment[]
  /** The same for the same email, so that a mail program that gets it twice shows it once (RFC 5322, 3.6.4). */
  messageId?: string
}

export type Mail = {
  send(message: Email): Promise<void>
  /** What the local mailbox holds, newest first; null when emails really leave. */
  mailbox: (() => Promise<(Email & { id: string; sentAt: string })[]>) | null
}

/** Send by SMTP, the address as `smtp://user:password@host:port` or `smtps://…`. Loads its library only then. */
export async function smtpMail(url: string, from: string): Promise<Mail> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(url)
  return {
    async send(message) {
      await leaveProcess('Sending mail')
      await transport.sendMail({ from, ...message })
    },
    mailbox: null,
  }
}

/** Keep emails in a folder, one file each: what a machine without a mail server does, to be read at `/dev/mail`. */
export function localMail(folder: string): Mail {
  return {
    async send(message) {
      await leaveProcess('Sending mail')
      await mkdir(folder, { recursive: true })
      const id = uuidv7()
      const text = JSON.stringify({ id, sentAt: new Date().toISOString(), ...message })
      const part = join(folder, `${id}.part`)
      try {
        await writeFile(part, text)
        await rename(part, join(folder, `${id}.json`))
      } catch (failure) {
        await rm(part, { force: true })
        throw failure
      }
    },
    async mailbox() {
      const names = await readdir(folder).catch(() => [] as string[])
      const newest = names
        .filter(name => name.endsWith('.json'))
        .sort()
        .reverse()
        .slice(0, 100)
      return Promise.all(newest.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8'))))
    },
  }
}
