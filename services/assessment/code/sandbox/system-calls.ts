/**
 * The filter of system calls that a program runs under (seccomp(2), a program for the BPF machine of 1992). It refuses
 * what no exercise needs and what doors are usually found behind: other namespaces, the kernel's debugging and
 * loading interfaces, sockets that could reach anyone, and memory that the limit of data does not count.
 *
 * Refused calls answer EPERM, so that a program gets an error that it can read. The numbers are those of the kernel's
 * tables for each processor (arch/x86/entry/syscalls, include/uapi/asm-generic/unistd.h).
 */

type Machine = { audit: number; numbers: Record<string, number> }

const common = {
  pidfd_getfd: 438,
  process_madvise: 440,
  move_mount: 429,
  open_tree: 428,
  fsopen: 430,
  fsconfig: 431,
  fsmount: 432,
  fspick: 433,
  mount_setattr: 442,
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  memfd_secret: 447,
}

const machines: Partial<Record<NodeJS.Architecture, Machine>> = {
  x64: {
    audit: 0xc000003e,
    numbers: {
      ...common,
      ...{ mmap: 9, clone: 56, clone3: 435, ptrace: 101, process_vm_readv: 310, process_vm_writev: 311 },
      ...{ kcmp: 312, mount: 165, umount2: 166, pivot_root: 155, chroot: 161, unshare: 272, setns: 308 },
      ...{ keyctl: 250, add_key: 248, request_key: 249, bpf: 321, perf_event_open: 298, userfaultfd: 323 },
      ...{ memfd_create: 319, shmget: 29, shmat: 30, shmctl: 31, semget: 64, msgget: 68, mq_open: 240 },
      ...{ init_module: 175, finit_module: 313, delete_module: 176, kexec_load: 246, kexec_file_load: 320 },
      ...{ swapon: 167, swapoff: 168, reboot: 169, sethostname: 170, setdomainname: 171, settimeofday: 164 },
      ...{ clock_settime: 227, adjtimex: 159, clock_adjtime: 305, acct: 163, quotactl: 179, syslog: 103 },
      ...{
        name_to_handle_at: 303,
        open_by_handle_at: 304,
        personality: 135,
        vhangup: 153,
        fanotify_init: 300,
      },
      ...{ move_pages: 279, migrate_pages: 256, mbind: 237, set_mempolicy: 238, socket: 41, iopl: 172 },
      ...{ ioperm: 173, modify_ldt: 154, vmsplice: 278, splice: 275, tee: 276, io_setup: 206 },
      ...{ sync: 162, syncfs: 306, sendmsg: 46, recvmsg: 47, sendmmsg: 307, recvmmsg: 299, setsockopt: 54 },
      ...{ socketpair: 53, sendto: 44 },
    },
  },
  arm64: {
    audit: 0xc00000b7,
    numbers: {
      ...common,
      ...{ mmap: 222, clone: 220, clone3: 435, ptrace: 117, process_vm_readv: 270, process_vm_writev: 271 },
      ...{ kcmp: 272, mount: 40, umount2: 39, pivot_root: 41, chroot: 51, unshare: 97, setns: 268 },
      ...{ keyctl: 219, add_key: 217, request_key: 218, bpf: 280, perf_event_open: 241, userfaultfd: 282 },
      ...{ memfd_create: 279, shmget: 194, shmat: 196, shmctl: 195, semget: 190, msgget: 186, mq_open: 180 },
      ...{ init_module: 105, finit_module: 273, delete_module: 106, kexec_load: 104, kexec_file_load: 294 },
      ...{ swapon: 224, swapoff: 225, reboot: 142, sethostname: 161, setdomainname: 162, settimeofday: 170 },
      ...{ clock_settime: 112, adjtimex: 171, clock_adjtime: 266, acct: 89, quotactl: 60, syslog: 116 },
      ...{ name_to_handle_at: 264, open_by_handle_at: 265, personality: 92, vhangup: 58, fanotify_init: 262 },
      ...{ move_pages: 239, migrate_pages: 238, mbind: 235, set_mempolicy: 237, socket: 198 },
      ...{
        vmsplice: 75,
        splice: 76,
        tee: 77,
        io_setup: 0,
        sync: 81,
        syncfs: 267,
        sendmsg: 211,
        recvmsg: 212,
      },
      ...{ sendmmsg: 269, recvmmsg: 243, setsockopt: 208, socketpair: 199, sendto: 206 },
    },
  },
}

// linux/bpf_common.h
const load = 0x20
const jumpIfEqual = 0x15
const jumpIfAtLeast = 0x35
const jumpIfAnyBit = 0x45
const and = 0x54
const answer = 0x06

// linux/seccomp.h, and errno(3).
const allow = 0x7fff0000
const kill = 0x80000000
const notPermitted = 0x00050000 | 1
const notImplemented = 0x00050000 | 38

// struct seccomp_data: number, machine, instruction pointer, six arguments of eight bytes.
const callNumber = 0
const machineName = 4
const argument = (at: number) => 16 + at * 8

// What kernels have learnt since is closed unread, but for the futexes: futex_waitv, futex_wake, _wait and _requeue.
const firstOfNewer = 448
const newerFutexes = [449, 454, 455, 456]
// sys/socket.h: two ends that are connected to each other, which Python's asyncio wakes itself by, and nothing else.
const localSockets = 1
// MSG_DONTWAIT and MSG_NOSIGNAL.
const plainSending = 0x4040

// Calls made by x32, a second numbering on the same machine.
const firstOfX32 = 0x40000000
// sched.h: CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME.
const newNamespaces = 0x7e020080
// sys/mman.h: memory shared with no file, and stacks that grow, are not counted as data (setrlimit(2), RLIMIT_DATA).
const sharedAnonymous = 0x21
const growsDown = 0x100

type Step = [code: number, k: number, ifTrue?: number, ifFalse?: number]

/** For bubblewrap's `--seccomp`; null where the tables above do not know the machine. */
export function systemCallFilter(architecture: NodeJS.Architecture): Buffer | null {
  const machine = machines[architecture]
  if (!machine) return null
  const { mmap, clone, clone3, socketpair, sendto, ...refused } = machine.numbers
  const steps: Step[] = [
    [load, machineName],
    [jumpIfEqual, machine.audit, 1, 0],
    [answer, kill],
    [load, callNumber],
    [jumpIfAtLeast, firstOfX32, 0, 1],
    [answer, kill],
    ...newerFutexes.flatMap((number): Step[] => [
      [jumpIfEqual, number, 0, 1],
      [answer, allow],
    ]),
    [jumpIfAtLeast, firstOfNewer, 0, 1],
    [answer, notImplemented],
    ...Object.values(refused).flatMap((number): Step[] => [
      [jumpIfEqual, number, 0, 1],
      [answer, notPermitted],
    ]),
    // Its flags are in memory, where a filter cannot look; libraries then call clone instead.
    [jumpIfEqual, clone3 as number, 0, 1],
    [answer, notImplemented],
    [jumpIfEqual, clone as number, 0, 4],
    [load, argument(0)],
    [jumpIfAnyBit, newNamespaces, 0, 1],
    [answer, notPermitted],
    [answer, allow],
    [jumpIfEqual, socketpair as number, 0, 4],
    [load, argument(0)],
    [jumpIfEqual, localSockets, 1, 0],
    [answer, notPermitted],
    [answer, allow],
    [jumpIfEqual, sendto as number, 0, 4],
    [load, argument(3)],
    [jumpIfAnyBit, ~plainSending, 0, 1],
    [answer, notPermitted],
    [answer, allow],
    [jumpIfEqual, mmap as number, 0, 5],
    [load, argument(3)],
    [jumpIfAnyBit, growsDown, 2, 0],
    [and, sharedAnonymous],
    [jumpIfEqual, sharedAnonymous, 0, 1],
    [answer, notPermitted],
    [answer, allow],
  ]
  const filter = Buffer.alloc(steps.length * 8)
  for (const [at, [code, k, ifTrue = 0, ifFalse = 0]] of steps.entries()) {
    filter.writeUInt16LE(code, at * 8)
    filter.writeUInt8(ifTrue, at * 8 + 2)
    filter.writeUInt8(ifFalse, at * 8 + 3)
    filter.writeUInt32LE(k >>> 0, at * 8 + 4)
  }
  return filter
}
