import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StartupFault } from '@azora/kit/config.ts'
import { type DebianHost, ensureDebianPackages } from './debian.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

function host(described: Partial<DebianHost>): DebianHost {
  return {
    root: false,
    apt: true,
    installed: name => name === 'redis-server',
    run: () => assert.fail('Nothing may be run here.'),
    ...described,
  }
}

const faultOf = (names: string[], described: Partial<DebianHost>) =>
  ensureDebianPackages(names, silent, host(described)).then(
    () => assert.fail('It should have failed.'),
    (fault: unknown) => {
      assert(fault instanceof StartupFault)
      return fault.message
    },
  )

test('packages that are installed need neither root nor apt-get', async () => {
  await ensureDebianPackages(['redis-server'], silent, host({}))
})

test('an ordinary user is told which packages are missing and the command that installs them', async () => {
  assert.equal(
    await faultOf(['redis-server', 'rabbitmq-server', 'chromium'], {}),
    'Not installed: rabbitmq-server, chromium. Run: sudo apt-get install -y --no-install-recommends rabbitmq-server chromium',
  )
})

test('a machine without apt-get is told what to install', async () => {
  assert.match(await faultOf(['chromium'], { apt: false }), /needs chromium/)
})
