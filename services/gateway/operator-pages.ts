import { AppError } from '@azora/kit/errors.ts'
import type { Request, Response } from 'express'
import type { Visit } from './access-log.ts'
import type { GatewayOptions } from './gateway-options.ts'
import { renderMailbox } from './mailbox-page.ts'
import type { Upstream } from './upstream.ts'

type Options = Pick<GatewayOptions, 'readiness' | 'metrics' | 'mailbox' | 'openMetrics' | 'config'> & {
  upstreams: readonly Upstream[]
}

// Anyone may ask, and each answer costs the database a question.
const knownMs = 2000

/** What those who run the system look at: health, metrics, and the local mailbox. */
export function createOperatorPages(options: Options) {
  const { metrics, mailbox, config } = options
  const publicHost = new URL(config.publicUrl).hostname

  // What runs elsewhere is listed and does not decide: a gateway without quizzes still serves courses.
  async function stateOfParts() {
    const state = await options.readiness()
    const parts = { ...state.parts }
    for (const { part, isUp } of options.upstreams) parts[part] = isUp()
    return { ...state, parts }
  }

  async function ready(res: Response): Promise<void> {
    const state = await stateOfParts()
    res.status(state.ready ? 200 : 503).json(state)
  }

  let known: { at: number; parts: ReturnType<typeof stateOfParts> } | null = null

  /** What a visitor may know: which parts are there. */
  async function showParts(res: Response): Promise<void> {
    if (!known || Date.now() - known.at > knownMs) known = { at: Date.now(), parts: stateOfParts() }
    const { parts } = await known.parts
    res.json({
      parts: Object.fromEntries(Object.entries(parts).map(([name, up]) => [name, up ? 'up' : 'down'])),
    })
  }

  // A page elsewhere could point a name of its own at this machine, so the name that was asked for counts too.
  const isNamed = (req: Request) => ['localhost', '127.0.0.1', '[::1]', publicHost].includes(req.hostname)

  async function showMetrics(req: Request, res: Response, visit: Visit): Promise<void> {
    if (!options.openMetrics && !(visit.local && isNamed(req))) throw new AppError('not_found')
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  }

  async function showMailbox(req: Request, res: Response, visit: Visit): Promise<void> {
    // Emails hold links that sign people in.
    if (!mailbox || !visit.local || !isNamed(req)) throw new AppError('not_found')
    // A program that tries the system out, such as a test, reads the same emails as JSON.
    if (req.accepts(['html', 'json']) === 'json') res.json(await mailbox())
    else res.type('html').send(renderMailbox(await mailbox()))
  }

  const pages = new Map<string, (req: Request, res: Response, visit: Visit) => Promise<void>>([
    ['/health/live', async (_req, res) => void res.json({ live: true })],
    ['/health/ready', (_req, res) => ready(res)],
    ['/health/parts', (_req, res) => showParts(res)],
    ['/metrics', showMetrics],
    ['/dev/mail', showMailbox],
  ])

  /** True when the request was for one of these pages and is answered. */
  return async (req: Request, res: Response, visit: Visit): Promise<boolean> => {
    const page = pages.get(visit.path)
    if (!page) return false
    visit.operation = visit.path.slice(1)
    res.setHeader('Cache-Control', 'no-store')
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.setHeader('Allow', 'GET, HEAD')
      throw new AppError('method_not_allowed')
    }
    await page(req, res, visit)
    return true
  }
}
