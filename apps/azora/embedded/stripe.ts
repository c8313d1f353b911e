import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@azora/kit/config.ts'
import { type StripeAccess, stripeWebhookPath } from '@azora/kit/stripe.ts'
import type { EmbeddedServer, StartedServer } from './embedded-server.ts'
import { openServerFolder } from './server-folder.ts'

export type StripeSandboxServer = StartedServer & { access: StripeAccess }

const anyAddress = new Set(['0.0.0.0', '::', '[::]'])

/** Where this machine reaches the installation itself, whatever the world calls it. */
function localUrl({ host, port }: Config): string {
  const name = anyAddress.has(host)
    ? '127.0.0.1'
    : host.includes(':')
      ? `[${host.replace(/[[\]]/g, '')}]`
      : host
  return `http://${name}:${port}`
}

export const stripeServer: EmbeddedServer<StripeSandboxServer> = {
  name: 'stripe-sandbox',
  what: 'Payments without an account at Stripe: no real money moves.',
  setting: 'STRIPE_SECRET_KEY',
  named: config => config.stripe && (config.stripe.sandboxUrl ?? 'https://api.stripe.com'),
  folder: 'stripe-sandbox',
  // Webhooks that were not told, refunds and disputes on their way.
  hasWork: folder => existsSync(join(folder, 'stripe.sqlite')),
  async start({ folder, config, log }) {
    // With the code of the sandbox, which an installation with a key never needs.
    const { startSandbox } = await import('./stripe/sandbox.ts')
    const place = await openServerFolder(folder)
    try {
      const sandbox = await startSandbox({
        folder: place.path,
        publicUrl: config.publicUrl,
        webhookUrl: `${localUrl(config)}${stripeWebhookPath}`,
        log,
      })
      return {
        url: sandbox.url,
        ports: [sandbox.port],
        access: {
          secretKey: sandbox.secretKey,
          webhookSecret: sandbox.webhookSecret,
          sandboxUrl: sandbox.url,
        },
        answers: () => sandbox.answers(),
        async stop() {
          await sandbox.stop()
          place.done()
        },
      }
    } catch (failure) {
      place.done()
      throw failure
    }
  },
}
