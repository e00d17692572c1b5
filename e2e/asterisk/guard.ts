import { type ChildProcess, spawn } from 'node:child_process'

/**
 * A test run that is killed takes what it started along: its end closes the pipe on which a shell waits. What another run
 * started is never touched.
 */
export function endsWithUs(child: ChildProcess): void {
  const guard = spawn('sh', ['-c', 'read _; kill -9 "$0"', String(child.pid)], { stdio: ['pipe', 'ignore', 'ignore'] })
  // before the number can be anybody else's
  child.once('exit', () => guard.kill('SIGKILL'))
}
