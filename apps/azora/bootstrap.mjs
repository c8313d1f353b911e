import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The first step of every command: the one plain-JavaScript file, for any Node from 20 on and no package. It
 * installs the packages when they are missing or old, then hands over to the Node version that the project pins.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const stampFile = join(root, 'node_modules', '.azora-lock')
const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)
// What Node compiled is kept for the next process; one that cannot write there does without.
const compileCache = join(root, 'node_modules', '.cache', 'node')
// Not in node_modules, which npm empties; .azora is ignored by git and exists for such things.
const lockFolder = join(root, '.azora', 'installing')

const say = text => process.stderr.write(`${text}\n`)
const readJson = file => JSON.parse(readFileSync(file, 'utf8'))

/** A failure that a person can mend: its text is all they see. */
class Fault extends Error {}

let child = null
let interrupted = null
// Ctrl-C reaches the whole group, and npm passes signals on as well, so the child may hear one twice; forwarding is
// for those who signal this process alone, and each signal is forwarded once.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    if (interrupted === name) return
    interrupted = name
    if (child?.exitCode === null && child.signalCode === null) child.kill(name)
  })
}

function lockHash() {
  const file = join(root, 'package-lock.json')
  if (!existsSync(file)) throw new Fault('package-lock.json is missing. Fetch the whole repository again.')
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

// What somebody installed by hand needs no second installation: npm's own record must match the lock file.
function installedByHand() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = readJson(record).packages
  const wanted = readJson(join(root, 'package-lock.json')).packages
  const same = Object.entries(installed).every(([path, entry]) => wanted[path]?.version === entry.version)
  const whole = Object.entries(wanted).every(
    ([path, entry]) =>
      !path.includes('node_modules/') || installed[path] || entry.optional || entry.devOptional,
  )
  return same && whole
}

function installed(hash) {
  if (!existsSync(pinnedNode)) return false
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === hash
  if (!installedByHand()) return false
  try {
    writeFileSync(stampFile, hash)
  } catch {
    // node_modules may belong to somebody else; then the comparison is made each time.
  }
  return true
}

/** Outcome of a child process; its signal as an exit code, as shells count. */
function outcome(started) {
  child = started
  return new Promise((resolve, reject) => {
    started.once('error', reject)
    started.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

// `npm start` puts node_modules/.bin first, with the pinned Node that npm is about to replace under itself.
function environmentForNpm() {
  const key = Object.keys(process.env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH'
  const outside = (process.env[key] ?? '')
    .split(delimiter)
    .filter(folder => !folder.startsWith(join(root, 'node_modules')))
  return { ...process.env, [key]: outside.join(delimiter) }
}

function showProgress() {
  const paths = Object.entries(readJson(join(root, 'package-lock.json')).packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.optional && !entry.link)
    .map(([path]) => join(root, path, 'package.json'))
  const started = Date.now()
  return setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000)
    say(`  ${paths.filter(path => existsSync(path)).length} of ${paths.length} packages, ${seconds} s`)
  }, 5000)
}

function npmFault(output) {
  const words = output.split('\n').filter(line => /npm (error|ERR!) (?! *at )/.test(line))
  const found = code => words.some(line => line.includes(code))
  let remedy = 'npm could not install the packages.'
  if (['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET', 'ENETUNREACH'].some(found)) {
    remedy =
      'The package registry cannot be reached. Check the network (and the proxy of npm), then start again.'
  } else if (['EACCES', 'EPERM', 'EROFS'].some(found)) {
    remedy = `No permission to write in ${root}. Start as the user who owns it, or change its owner.`
  } else if (found('ENOSPC')) remedy = 'The disk is full. The packages need about 1 GB.'
  return new Fault([remedy, ...words.slice(0, 8).map(line => `  ${line}`)].join('\n'))
}

async function install(hash) {
  say('Installing packages (the first time takes a minute or two) …')
  const progress = showProgress()
  // Tests need the development packages, and one installation must do for every command.
  // `npm ci` would be stricter, but it refuses a lock file that lacks a package built for another system, and not
  // every registry carries those. This keeps to the locked versions all the same, and leaves the lock file alone.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--include=dev']
  const started = spawn('npm', args, {
    cwd: root,
    env: environmentForNpm(),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  let output = ''
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', chunk => {
      output = (output + chunk).slice(-20_000)
    })
  }
  let code
  try {
    code = await outcome(started)
  } catch (failure) {
    if (failure.code === 'ENOENT') throw new Fault('npm is not on the PATH. Install it (it comes with Node).')
    throw failure
  } finally {
    clearInterval(progress)
  }
  if (interrupted) return
  if (code !== 0) throw npmFault(output)
  if (!existsSync(pinnedNode)) {
    throw new Fault(
      'npm installed the packages but ran none of their install scripts, and the pinned Node needs its own. Run `npm config set ignore-scripts false` and start again.',
    )
  }
  writeFileSync(stampFile, hash)
  say('Packages installed.')
}

/** The start time too, where the system tells it: a process id may belong to another process by now. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return ''
  }
}

function abandoned() {
  try {
    const [pid, start] = readFileSync(join(lockFolder, 'owner'), 'utf8').split(' ')
    process.kill(Number(pid), 0)
    return startOf(pid) !== start
  } catch (failure) {
    if (failure.code === 'EPERM') return false
    if (failure.code !== 'ENOENT') return true // ESRCH: the process is gone
    // Between mkdir and writing its name the owner has no name yet.
    const age = Date.now() - (statSync(lockFolder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    return age > 5000
  }
}

async function takeInstallLock() {
  let waiting = false
  try {
    mkdirSync(dirname(lockFolder), { recursive: true })
  } catch (failure) {
    throw new Fault(`No permission to write in ${root} (${failure.code}). Start as the user who owns it.`)
  }
  while (!interrupted) {
    try {
      mkdirSync(lockFolder)
      writeFileSync(join(lockFolder, 'owner'), `${process.pid} ${startOf(process.pid)}`)
      return
    } catch (failure) {
      if (failure.code === 'ENOENT') {
        mkdirSync(dirname(lockFolder), { recursive: true }) // the former owner has just tidied up
        continue
      }
      if (failure.code !== 'EEXIST') {
        throw new Fault(`No permission to write in ${root} (${failure.code}). Start as the user who owns it.`)
      }
    }
    if (abandoned()) {
      rmSync(lockFolder, { recursive: true, force: true })
      continue
    }
    if (!waiting) say('Another start is installing the packages; waiting for it.')
    waiting = true
    await new Promise(resolve => setTimeout(resolve, 300))
  }
}

function releaseInstallLock() {
  rmSync(lockFolder, { recursive: true, force: true })
  try {
    rmdirSync(dirname(lockFolder)) // the data folder's default place: its maker shall be the one who owns the data
  } catch {
    // It holds data, or another start is waiting in it.
  }
}

async function ensurePackages() {
  const hash = lockHash()
  if (installed(hash)) return
  await takeInstallLock()
  if (interrupted) return
  try {
    if (!installed(hash)) await install(hash)
  } finally {
    releaseInstallLock()
  }
}

/** The process id of the npm that started us; it usually has a shell in between. */
function npmAbove() {
  const { ppid } = process
  try {
    const [, command, rest] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${ppid}/stat`, 'utf8'))
    return command === 'sh' ? Number(rest) : ppid
  } catch {
    return ppid // no /proc
  }
}

const elsewhere = {
  test: 'test/run.ts',
  bench: 'bench/run.ts',
  conformance: 'test/conformance.ts',
  mutate: 'test/mutation/run.ts',
}

async function handOver(args) {
  const file = Object.hasOwn(elsewhere, args[0] ?? '') ? elsewhere[args[0]] : null
  const target = file
    ? [join(root, file), ...args.slice(1)]
    : [join(root, 'apps', 'azora', 'main.ts'), ...args]
  // The channel carries no messages: when this process is killed the child sees it close, and can stop.
  const started = spawn(pinnedNode, ['--disable-warning=ExperimentalWarning', ...target], {
    env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compileCache },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // Likewise when npm above us is killed. Nothing announces that, but its child gets another parent.
  const parent = npmAbove()
  const watch = setInterval(() => {
    if (npmAbove() === parent) return
    clearInterval(watch)
    started.kill('SIGTERM')
  }, 1000)
  if (!process.env.npm_lifecycle_event) clearInterval(watch)
  try {
    return await outcome(started)
  } finally {
    clearInterval(watch)
  }
}

async function main() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    throw new Fault(
      `Node ${process.versions.node} is too old. Install Node 20 or newer (it fetches the rest itself).`,
    )
  }
  await ensurePackages()
  return interrupted ? 128 + constants.signals[interrupted] : handOver(process.argv.slice(2))
}

try {
  process.exitCode = await main()
} catch (failure) {
  if (!(failure instanceof Fault)) throw failure
  say(failure.message)
  process.exitCode = 1
}
