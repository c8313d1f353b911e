import type { Outcome } from '../program.ts'
import { type HostileProgram, program, short } from './hostile-program.ts'

const ends = (name: string, source: string, how: Outcome[], limits = short) =>
  program('c', name, source, how, limits)
const includes = `#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
`

export const nativePrograms: HostileProgram[] = [
  ends('shows a file of the machine while it is compiled', '#include "/etc/passwd"\nint main(void) {}\n', [
    'not_compiled',
  ]),
  ends('has the compiler read without end', '#include "/dev/urandom"\nint main(void) {}\n', [
    'not_compiled',
    'memory_exceeded',
    'timed_out',
    'output_exceeded',
  ]),
  ends(
    'has a program that is too large',
    'int taken[1 << 28] = { 1 };\nint main(void) { return taken[5]; }\n',
    ['not_compiled', 'memory_exceeded', 'timed_out', 'output_exceeded', 'files_exceeded', 'failed'],
  ),
  ends(
    'reads a file of the machine',
    `${includes}
int main(int count, char **arguments) {
  puts(open(arguments[1], O_RDONLY) < 0 ? "HELD" : "ESCAPED");
}
`,
    ['finished'],
  ),
  ends(
    'writes where nothing is',
    `${includes}
int main(void) { *(volatile int *)0 = 1; }
`,
    ['failed'],
  ),
  ends(
    'takes all memory',
    `${includes}
int main(void) {
  for (;;) {
    char *some = malloc(1 << 20);
    if (!some) { fputs("out of memory", stderr); return 1; }
    memset(some, 1, 1 << 20);
  }
}
`,
    ['memory_exceeded'],
  ),
  ends(
    'maps zeros that others share',
    `${includes}
int main(void) { puts(open("/dev/zero", O_RDWR) < 0 ? "HELD" : "ESCAPED"); }
`,
    ['finished'],
  ),
  ends(
    'calls itself until the stack is full',
    `${includes}
int again(volatile int depth) { volatile char some[4096]; some[0] = 1; return again(depth + 1) + some[0]; }
int main(void) { return again(0); }
`,
    ['failed'],
  ),
  ends(
    'forks without end',
    `${includes}
int main(void) { for (;;) fork(); }
`,
    ['timed_out', 'processes_exceeded'],
  ),
  ...(process.arch === 'x64'
    ? [
        // Numbers of 32 bits, which a filter for 64 would take for other calls.
        ends(
          'calls the kernel by its older door',
          `${includes}
int main(void) {
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
  puts(result > 0 ? "ESCAPED" : "HELD");
}
`,
          ['finished', 'failed'],
        ),
        ends(
          'calls the kernel by its third numbering',
          `${includes}
int main(void) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(0x40000000 + 39) : "rcx", "r11", "memory");
  puts(result > 0 ? "ESCAPED" : "HELD");
}
`,
          ['finished', 'failed'],
        ),
      ]
    : []),
]

const sql = (name: string, source: string, how: Outcome[], limits = short) =>
  program('sql', name, source, how, limits)

export const sqlPrograms: HostileProgram[] = [
  sql(
    'attaches a file of the machine',
    `attach '/etc/passwd' as other; select 'ESCAPED' from other.sqlite_master;`,
    ['failed'],
  ),
  sql(
    'makes a database among the libraries',
    `attach '/usr/lib/written.db' as other; create table other.t(x); select 'ESCAPED';`,
    ['failed'],
  ),
  sql('loads an extension', `select load_extension('/usr/lib/x.so'); select 'ESCAPED';`, ['failed']),
  sql(
    'computes without end',
    `with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n;`,
    ['timed_out'],
  ),
  sql(
    'prints without end',
    `with recursive n(i) as (select 1 union all select i + 1 from n) select i from n;`,
    ['output_exceeded'],
    { ...short, processorMs: 3_000 },
  ),
  sql(
    'takes all memory',
    `create table t(x); with recursive n(i) as (select 1 union all select i + 1 from n) insert into t select randomblob(1000000) from n;`,
    ['memory_exceeded', 'failed'],
    { ...short, processorMs: 5_000 },
  ),
]
