/** @type {Set<import('node:child_process').ChildProcess>} */
const owned = new Set();

/** A child that shall not outlive this process, however it ends. @template {import('node:child_process').ChildProcess} C @param {C} child @returns {C} */
export function own(child) {
  owned.add(child);
  child.once('exit', () => owned.delete(child));
  return child;
}

export function endOwnedAtExit() {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('exit', () => {
    for (const child of owned) child.kill('SIGKILL');
  });
}
