import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Language } from './languages.ts'
import { nodeInside } from './languages.ts'
import type { Limits } from './program.ts'

/**
 * The wall of bubblewrap (Debian's package): namespaces of its own for files, processes, network, shared memory and
 * names, in which a program sees the libraries of the system, its language and a folder in memory. Within it prlimit
 * bounds each process, and a filter of system calls (system-calls.ts) closes what neither covers.
 *
 * Where we are root, bubblewrap sets the walls up as root, and setpriv then takes all rights away and makes the program
 * a user that owns nothing: one for each run at a time, as the kernel counts processes for each user. Where we are not,
 * a user namespace does both.
 */

/** What the program is started with inside the wall. */
const toolsInside = ['/usr/bin/setpriv', '/usr/bin/prlimit']

/** What tools of the system the wall needs, beside `bwrap`: those of every Debian (util-linux, coreutils, dash). */
export const tools = ['/usr/bin/bwrap', ...toolsInside, '/usr/bin/unshare', '/usr/bin/nice', '/bin/sh']

/** Where a program finds its files, and may write some. */
export const programFolder = '/program'

/** What is told, beside bubblewrap's status, when it has ended: with the program, or without having started one. */
export const wallEnded = 'ended'

export type Call = {
  language: Language
  phase: 'compile' | 'run'
  limits: Limits
  command: string[]
  /** The descriptors of its files. */
  files: { path: string; descriptor: number; executable: boolean }[]
  filterDescriptor: number
  statusDescriptor: number
  /** Where the input of the program comes in: the standard input of the whole is its lifeline. */
  stdinDescriptor: number
  /** Whom the program runs as; null where we are not root. */
  userId: number | null
}

// Links such as /lib to /usr/lib, as the dynamic loader asks for them.
const links = ['/bin', '/lib', '/lib64'].flatMap(path => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found ? [{ path, target: found.isSymbolicLink() ? readlinkSync(path) : null }] : []
})

/** The folders that paths lie in: bubblewrap makes those that are missing for itself alone. */
function foldersOf(paths: string[], mode: string, within = ''): string[] {
  const folders = new Set<string>()
  for (const path of paths)
    for (let folder = dirname(path); folder !== '/' && folder !== '.'; folder = dirname(folder))
      folders.add(folder)
  return [...folders]
    .sort()
    .flatMap(folder => ['--perms', mode, '--dir', within ? `${within}/${folder}` : folder])
}

function shown({ language, phase }: Call): string[] {
  const compiled = language.compile !== undefined && phase === 'run'
  const wanted = compiled ? [] : [...language.needs, ...(language.alsoShown ?? [])]
  const paths = ['/usr/lib', '/usr/lib64', ...toolsInside, ...wanted].filter(path =>
    lstatSync(path, { throwIfNoEntry: false }),
  )
  // A file in a folder that is shown as a whole is there already.
  const single = paths
    .filter(path => !paths.includes(dirname(path)))
    .map(path => ({ path, inside: path === process.execPath ? nodeInside : path }))
  return [
    ...foldersOf(
      single.map(({ inside }) => inside),
      '0755',
    ),
    ...single.flatMap(({ path, inside }) => ['--ro-bind', realpathSync(path), inside]),
    ...links.flatMap(({ path, target }) =>
      target === null ? (path === '/bin' ? [] : ['--ro-bind', path, path]) : ['--symlink', target, path],
    ),
  ]
}

function limited({ language, limits, phase }: Call): string[] {
  const data = limits.memoryBytes + language.ownMemoryBytes + language.reservedDataBytes
  const seconds = Math.ceil(limits.processorMs / 1000)
  const addresses = phase === 'run' ? language.ownAddressBytes : null
  return [
    '/usr/bin/prlimit',
    // A second later by force, for programs that have the signal wait.
    `--cpu=${seconds}:${seconds + 1}`,
    `--data=${data}`,
    ...(addresses === null ? [] : [`--as=${data + addresses}`]),
    `--nproc=${language.processes}`,
    `--fsize=${limits.filesBytes}`,
    '--nofile=64',
    '--stack=8388608',
    '--memlock=0',
    '--core=0',
  ]
}

/**
 * Around the wall, a namespace of processes whose first one waits for the end of its standard input. Nothing is ever
 * written to it: it ends when we close it, or when we are gone, however we went. The kernel then ends all that is in the
 * namespace, at any moment of setting up the wall, which the signals of `--die-with-parent` leave gaps in. A shell gives
 * what it starts beside itself an empty input unless told otherwise, hence the other descriptor.
 */
function bound({ statusDescriptor, stdinDescriptor, userId }: Call): string[] {
  const [status, stdin] = [statusDescriptor, stdinDescriptor]
  return [
    // Programs give way to the service that runs them.
    ...['/usr/bin/nice', '-n', '5', '/usr/bin/unshare'],
    ...(userId === null ? ['--user', '--map-current-user'] : []),
    ...['--pid', '--fork', '--kill-child=KILL', '/bin/sh', '-c'],
    `{ "$@"; echo ${wallEnded} >&${status}; } <&${stdin} ${stdin}<&- & exec ${stdin}<&-; read -r _`,
    'sh',
  ]
}

/** The command of one run, for `spawn`. Its parts are tested one by one: what each holds is in hostile.test.ts. */
export function bubblewrapCommand(call: Call): string[] {
  const { language, limits, command, files, filterDescriptor, statusDescriptor, userId } = call
  const asUser = String(userId)
  return [
    ...bound(call),
    '/usr/bin/bwrap',
    ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...(userId === null
      ? ['--unshare-user', '--disable-userns', '--uid', '65534', '--gid', '65534', '--cap-drop', 'ALL']
      : [
          '--cap-drop',
          'ALL',
          ...['SETUID', 'SETGID', 'SETPCAP'].flatMap(name => ['--cap-add', `CAP_${name}`]),
        ]),
    ...['--die-with-parent', '--new-session', '--hostname', 'program', '--clearenv'],
    ...['--json-status-fd', String(statusDescriptor)],
    ...Object.entries({
      PATH: '/usr/bin:/bin',
      HOME: programFolder,
      TMPDIR: programFolder,
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      ...language.environment,
    }).flatMap(([name, value]) => ['--setenv', name, value]),
    ...shown(call),
    ...['--perms', '0755', '--dir', '/dev'],
    // Not /dev/zero: mapped by several, it is memory that no limit counts.
    ...['null', 'urandom', 'random'].flatMap(name => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]),
    ...['--perms', '1777', '--size', String(limits.filesBytes), '--tmpfs', programFolder],
    ...['--symlink', programFolder, '/tmp'],
    ...foldersOf(
      files.map(({ path }) => path),
      '0777',
      programFolder,
    ),
    ...files.flatMap(({ path, descriptor, executable }) => [
      '--perms',
      executable ? '0755' : '0666',
      '--file',
      String(descriptor),
      `${programFolder}/${path}`,
    ]),
    // Last: all that is above is made in it.
    ...['--remount-ro', '/', '--chdir', programFolder],
    ...['--seccomp', String(filterDescriptor)],
    '--',
    ...(userId === null
      ? []
      : [
          ...['/usr/bin/setpriv', '--reuid', asUser, '--regid', asUser, '--clear-groups'],
          ...['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all', '--'],
        ]),
    ...limited(call),
    '--',
    ...command,
  ]
}
