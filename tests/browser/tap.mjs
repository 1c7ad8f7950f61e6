// The harness: one line for each test, as in TAP, so that `tests/run` can count them.

let count = 0;
let failed = 0;

/** Runs a test; what it throws is why it failed. */
export async function test(name, body) {
  count += 1;
  const started = Date.now();
  try {
    await body();
    console.log(`ok ${count} - ${name} (${Date.now() - started} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${count} - ${name}`);
    for (const line of String(error.plain ?? error.stack ?? error).split("\n")) console.log(`#   ${line}`);
  }
}

/** Fails unless the list of faults is empty; names the first of them. */
export function none(faults, shown = 12) {
  if (faults.length === 0) return;
  const rest = faults.length > shown ? [`… and ${faults.length - shown} more`] : [];
  throw Object.assign(new Error("faults"), { plain: [...faults.slice(0, shown), ...rest].join("\n") });
}

/** Fails with these words unless the condition holds. */
export function must(condition, words) {
  if (!condition) none([words]);
}

/** Ends the run: prints how many tests there were, and sets the exit code. */
export function finish() {
  console.log(`1..${count}`);
  console.log(`# ${count - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
