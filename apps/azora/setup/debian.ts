import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { StartupFault } from '@azora/kit/config.ts'
import type { Logger } from '@azora/kit/log.ts'

/**
 * Software that npm cannot bring (Redis, RabbitMQ, Chromium for tests and the developers' cluster) comes from
 * Debian's packages. Production never needs it.
 */

const policyFile = '/usr/sbin/policy-rc.d'
const setAside = `${policyFile}.before-azora`
// invoke-rc.d(8) asks this script before a package starts its service; 101 means "not allowed".
const policy = '#!/bin/sh\n# Written by azora while it installs packages; safe to delete.\nexit 101\n'

type Outcome = { code: number | null; lastLines: string }

/** What the host offers; a parameter only so that a test can describe another one. */
export type DebianHost = {
  root: boolean
  apt: boolean
  installed(name: string): boolean
  run(command: string, args: string[]): Promise<Outcome>
}

function run(command: string, args: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    // env(1) adds to the environment instead of replacing it: apt needs the proxy settings of the caller.
    const child = spawn('env', ['DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', command, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let tail = ''
    const keep = (chunk: Buffer) => {
      tail = (tail + chunk).slice(-4000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', reject)
    child.once('close', code => resolve({ code, lastLines: tail.trim().split('\n').slice(-5).join('\n') }))
  })
}

function installed(name: string): boolean {
  const query = spawnSync('dpkg-query', ['-W', '-f', `\${db:Status-Status}`, name], { encoding: 'utf8' })
  return query.status === 0 && query.stdout.trim() === 'installed'
}

const thisHost: DebianHost = {
  root: process.getuid?.() === 0,
  apt: existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-query'),
  installed,
  run,
}

/** Packages start their services when installed; ours run privately, on free ports, so those must stay off. */
async function withServicesHeldBack<T>(work: () => Promise<T>): Promise<T> {
  const ours = existsSync(policyFile) && (await readFile(policyFile, 'utf8')) === policy
  // A file of ours is the trace of an installation that was killed; what it set aside still wants restoring.
  if (existsSync(policyFile) && !ours) await rename(policyFile, setAside)
  await writeFile(policyFile, policy)
  await chmod(policyFile, 0o755)
  try {
    return await work()
  } finally {
    if (existsSync(setAside)) await rename(setAside, policyFile)
    else await rm(policyFile, { force: true })
  }
}

/**
 * Make sure that these Debian packages are installed; as root on Debian or Ubuntu, install what is missing.
 * Services that come with them are not started.
 * @throws StartupFault naming what is missing and the command that installs it.
 */
export async function ensureDebianPackages(names: string[], log: Logger, host = thisHost): Promise<void> {
  if (!host.apt) {
    throw new StartupFault([
      `This needs ${names.join(', ')} and cannot install them: the machine has no apt-get. Install them with its own package manager, or run this on Debian or Ubuntu.`,
    ])
  }
  const missing = names.filter(name => !host.installed(name))
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (!host.root) {
    throw new StartupFault([`Not installed: ${missing.join(', ')}. Run: sudo ${command}`])
  }
  const waitForLock = ['-o', 'DPkg::Lock::Timeout=300']
  log.info(`Installing ${missing.join(', ')} with apt-get.`)
  const update = await host.run('apt-get', [...waitForLock, 'update'])
  // Stale package lists often suffice; the installation itself decides.
  if (update.code !== 0) log.warn('apt-get update failed.', { lastLines: update.lastLines })
  const install = await withServicesHeldBack(() =>
    host.run('apt-get', [
      ...waitForLock,
      '-o',
      'Dpkg::Options::=--force-confold',
      ...command.split(' ').slice(1),
    ]),
  )
  if (install.code !== 0) {
    throw new StartupFault([
      `apt-get could not install ${missing.join(', ')}. Check the network and the package sources, then run: ${command}`,
      ...install.lastLines.split('\n'),
    ])
  }
  const absent = missing.filter(name => !host.installed(name))
  if (absent.length) throw new StartupFault([`Still not installed: ${absent.join(', ')}. Run: ${command}`])
}
