import { readFileSync } from 'node:fs'

/**
 * Milliseconds of CPU that this process's children have used up to now; 0 where the system does not tell (it does on
 * Linux). Unlike a rate it hardly depends on who else uses the machine.
 */
export function cpuOfChildren(): number {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    return children.reduce((sum, pid) => sum + cpuOf(pid), 0)
  } catch {
    return 0
  }
}

function cpuOf(pid: string): number {
  // The name in parentheses may hold blanks; user and system time are the 12th and 13th field after it, in hundredths.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
