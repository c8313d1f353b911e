import type { Outcome } from '../program.ts'
import { type HostileProgram, program, short } from './hostile-program.ts'

const prelude = `import ctypes, mmap, os, platform, resource, signal, socket, stat, subprocess, sys, time, urllib.request
secret, port = sys.argv[1], int(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)
intel = platform.machine() == 'x86_64'
def call(name, *arguments):
    result = getattr(libc, name)(*arguments)
    if result == -1: raise OSError(ctypes.get_errno(), name)
    return result
def attempt(work):
    try: found = work()
    except BaseException as failure: print('HELD', type(failure).__name__, failure)
    else: print('ESCAPED', repr(found)[:200])
`

/** An expression that has to fail. */
const held = (name: string, expression: string) =>
  program('python', name, `${prelude}attempt(lambda: ${expression})\n`)

const ends = (name: string, source: string, how: Outcome[], limits = short) =>
  program('python', name, prelude + source, how, limits)

export const pythonPrograms: HostileProgram[] = [
  held('reads the list of users', `open('/etc/passwd').read()`),
  held('reads passwords', `open('/etc/shadow').read()`),
  held('reads a file of the machine', `open(secret).read()`),
  held('reads it through a link', `(os.symlink(secret, 'link'), open('link').read())`),
  held('reads it by way of a folder above', `open('../../../../..' + secret).read()`),
  held('links to it', `os.link(secret, 'here')`),
  held('lists the home of root', `os.listdir('/root')`),
  held('lists homes', `os.listdir('/home')`),
  held('lists processes', `os.listdir('/proc')`),
  held('reads its environment as the kernel has it', `open('/proc/self/environ').read()`),
  held('reaches the root of process 1', `os.listdir('/proc/1/root')`),
  held('reads of the kernel', `os.listdir('/sys')`),
  held('writes at the top', `open('/written', 'w')`),
  held('writes into the libraries', `open(os.__file__, 'a')`),
  held('writes among devices', `open('/dev/written', 'w')`),
  held('makes shared memory by path', `os.mkdir('/dev/shm')`),
  held('makes a device', `os.mknod('disk', stat.S_IFBLK | 0o600, os.makedev(8, 0))`),
  held('opens memory', `open('/dev/mem', 'rb')`),
  held('opens the terminal', `open('/dev/tty')`),
  held('changes its root', `os.chroot('.')`),
  held('mounts', `call('mount', b'none', b'/program', b'tmpfs', 0, None)`),
  held('takes a mount away', `call('umount2', b'/program', 2)`),
  held('opens a tree of mounts', `call('syscall', 428, -100, b'/', 1)`),
  held('opens a file system', `call('syscall', 430, b'tmpfs', 0)`),
  held('makes a user namespace', `call('unshare', 0x10000000)`),
  held(
    'makes a user namespace with a process',
    `call('syscall', 56 if intel else 220, 0x10000011, 0, 0, 0, 0)`,
  ),
  held('makes one by the newer call', `call('syscall', 435, ctypes.create_string_buffer(88), 88)`),
  held('enters a namespace', `call('setns', 0, 0)`),
  held('traces another process', `call('ptrace', 16, 1, 0, 0)`),
  held('takes a descriptor of another process', `call('syscall', 438, 0, 0, 0)`),
  held('uses io_uring', `call('syscall', 425, 1, ctypes.create_string_buffer(120))`),
  held(
    'loads into the kernel',
    `call('syscall', 321 if intel else 280, 0, ctypes.create_string_buffer(128), 128)`,
  ),
  held('asks for keys', `call('syscall', 250 if intel else 219, 0, -3, 0)`),
  held('reads the log of the kernel', `call('klogctl', 10, None, 0)`),
  ends(
    'makes calls that the filter itself has to refuse',
    `
calls = dict(vmsplice=278, splice=275, tee=276, io_setup=206, syncfs=306, sendmsg=46, recvmsg=47, sendmmsg=307,
  recvmmsg=299, setsockopt=54, setns=308, ptrace=101, bpf=321, keyctl=250) if intel else dict(vmsplice=75, splice=76,
  tee=77, io_setup=0, syncfs=267, sendmsg=211, recvmsg=212, sendmmsg=269, recvmmsg=243, setsockopt=208, setns=268,
  ptrace=117, bpf=280, keyctl=219)
calls.update(pidfd_getfd=438, io_uring_setup=425, process_mrelease=448, statmount=457, open_tree_attr=467, unborn=999)
passed = []
for name, number in calls.items():
    result = libc.syscall(number, -1, 0, 0, 0, 0, 0)
    # Others, such as that there is no such descriptor, come from the call.
    if result != -1 or ctypes.get_errno() not in (1, 38): passed.append((name, ctypes.get_errno()))
one, other = socket.socketpair()
try: one.send(b'x', socket.MSG_OOB); passed.append('MSG_OOB')
except PermissionError: pass
try: socket.socketpair(30); passed.append('TIPC')
except PermissionError: pass
print('ESCAPED' if passed else 'HELD', passed)
`,
    ['finished'],
  ),
  held('makes memory with a name', `os.memfd_create('memory')`),
  held('makes memory that others share', `mmap.mmap(-1, 2 ** 20)`),
  held(
    'makes memory that grows',
    `mmap.mmap(-1, 2 ** 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x100)`,
  ),
  held('makes a segment of System V', `call('shmget', 0, 2 ** 20, 0o1600)`),
  held('becomes root', `os.setuid(0)`),
  held('becomes another user', `os.setuid(1000 if os.getuid() != 1000 else 1001)`),
  held('joins groups', `os.setgroups([0])`),
  held('raises a limit', `resource.setrlimit(resource.RLIMIT_NPROC, (4000, 4000))`),
  held('takes precedence', `os.setpriority(os.PRIO_PROCESS, 0, -20)`),
  held('runs in real time', `os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))`),
  held('sets the clock', `time.clock_settime(time.CLOCK_REALTIME, 0)`),
  held('renames the machine', `socket.sethostname('taken')`),
  held('reaches a server of the machine', `socket.create_connection(('127.0.0.1', port), 2)`),
  held('reaches a server of the network', `urllib.request.urlopen('http://169.254.169.254/', timeout=2)`),
  held('asks for a name', `socket.getaddrinfo('example.org', 80)`),
  held(
    'sends a datagram',
    `socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', port))`,
  ),
  held(
    'reaches a server by an abstract name',
    `socket.socket(socket.AF_UNIX).connect('\\0azora-hostile-' + str(port))`,
  ),
  held('talks to the kernel', `socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)`),
  held('talks to the host of the machine', `socket.socket(40, socket.SOCK_STREAM)`),
  held('looks at packets', `socket.socket(socket.AF_PACKET, socket.SOCK_RAW)`),
  held('listens', `socket.create_server(('127.0.0.1', 0))`),
  held('starts a shell', `subprocess.run(['/bin/sh', '-c', 'id'], check=True)`),
  held('starts a program with rights of root', `subprocess.run(['/usr/bin/su', '-c', 'id'], check=True)`),
  held('starts the wall again', `subprocess.run(['/usr/bin/bwrap', '--version'], check=True)`),
  ends(
    'looks for descriptors left open',
    `
def is_open(number):
    try: return bool(os.fstat(number))
    except OSError: return False
found = [number for number in range(3, 64) if is_open(number)]
print('ESCAPED' if found else 'HELD', found)
`,
    ['finished'],
  ),
  ends(
    'looks at its environment',
    `
known = {'PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'PYTHONHASHSEED', 'PYTHONIOENCODING', 'PWD', 'LC_CTYPE'}
print('ESCAPED' if set(os.environ) - known else 'HELD', sorted(os.environ))
`,
    ['finished'],
  ),
  ends(
    'ends everything that it can',
    `
for pid in (1, os.getppid(), -1):
    try: os.kill(pid, signal.SIGKILL)
    except OSError: pass
print('HELD')
`,
    ['finished', 'failed'],
  ),
  ends('loops', `while True: pass`, ['timed_out']),
  ends(
    'loops and has signals wait',
    `
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True: pass
`,
    ['timed_out'],
  ),
  ends('sleeps', `time.sleep(1000)`, ['timed_out'], { ...short, wallMs: 500 } as typeof short),
  ends(
    'closes its output and loops',
    `
os.close(1); os.close(2)
while True: pass
`,
    ['timed_out'],
  ),
  ends(
    'forks without end',
    `
while True:
    try: os.fork()
    except OSError: pass
`,
    ['timed_out', 'processes_exceeded', 'memory_exceeded'],
  ),
  ends(
    'starts threads without end',
    `
import threading
try:
    while True: threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
except RuntimeError: os.write(1, b'HELD'); os._exit(0)
`,
    ['finished', 'failed', 'memory_exceeded', 'processes_exceeded'],
  ),
  ends(
    'leaves a process behind',
    `
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(3): os.close(number)
        os.execv('/usr/bin/python3', ['azora-left-behind', '-c', 'import time; time.sleep(1000)'])
    os._exit(0)
time.sleep(0.2)
print('HELD')
`,
    ['finished'],
  ),
  ends('takes all memory', `taken = [bytearray(2 ** 20) for _ in range(10 ** 9)]`, ['memory_exceeded']),
  ends('takes all memory at once', `taken = bytearray(10 ** 13)`, ['memory_exceeded']),
  ends(
    'has many processes take memory',
    `
for _ in range(6): os.fork()
taken = bytearray(os.urandom(2 ** 20) * 40)
time.sleep(10)
`,
    ['memory_exceeded', 'processes_exceeded', 'failed', 'timed_out'],
    { ...short, wallMs: 3_000 } as typeof short,
  ),
  ends(
    'has processes of other threads take memory',
    `
import threading
def start():
    if os.fork() == 0:
        taken = bytearray(os.urandom(2 ** 20) * 60)
        time.sleep(10)
for _ in range(6): threading.Thread(target=start).start()
time.sleep(10)
`,
    ['memory_exceeded'],
  ),
  ends(
    'makes files without end beside a process that has ended',
    `
if os.fork() == 0: os._exit(0)
number = 0
while True:
    try: os.mkdir(str(number)); number += 1
    except OSError: pass
`,
    ['files_exceeded'],
    { ...short, processorMs: 5_000 },
  ),
  held('opens zeros, which others may share as memory', `open('/dev/zero', 'r+b')`),
  ends(
    'unpacks without end',
    `
import zlib
part = zlib.compress(bytes(2 ** 24))
taken = [zlib.decompress(part) for _ in range(1000)]
`,
    ['memory_exceeded', 'timed_out'],
  ),
  ends('writes output without end', `while True: print('x' * 1000)`, ['output_exceeded']),
  ends('writes errors without end', `while True: sys.stderr.write('x' * 1000)`, ['output_exceeded']),
  ends(
    'calls itself without end',
    `
def again(): again()
again()
`,
    ['failed'],
  ),
  ends(
    'calls itself until the stack is full',
    `
sys.setrecursionlimit(10 ** 9)
def again(depth): return again(depth + 1)
again(0)
`,
    ['failed', 'memory_exceeded', 'timed_out'],
  ),
  ends('writes where nothing is', `ctypes.string_at(0)`, ['failed']),
  ends('has a pattern that takes for ever', `import re; re.match('(a+)+$', 'a' * 64 + 'b')`, ['timed_out']),
  ends('computes a number without end', `print(len(str(7 ** 10 ** 9)))`, ['timed_out', 'memory_exceeded']),
  ends(
    'fills its folder',
    `
written = 0
try:
    for number in range(100):
        with open(str(number), 'wb', 0) as file: written += file.write(bytes(2 ** 20))
except OSError: pass
print('HELD' if written <= 2 ** 24 else 'ESCAPED', written)
`,
    ['finished', 'files_exceeded'],
  ),
  ends(
    'makes files without end',
    `
number = 0
while True:
    os.mkdir(str(number)); number += 1
`,
    ['files_exceeded'],
    { ...short, processorMs: 5_000 },
  ),
  ends(
    'makes a file that is mostly holes',
    `
attempt(lambda: open('holes', 'w').truncate(2 ** 40))
`,
    ['finished', 'files_exceeded'],
  ),
]
