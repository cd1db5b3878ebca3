/**
 * Does something whose errors are known by their codes alone: none of those that arise has a stack.
 *
 * Node finds out by exceptions whether it was given a key or an object with one, two for each signature that a library
 * verifies with options. Most of what they cost is to collect their stacks: half as much again as the signature itself.
 * @param act must not be asynchronous: the limit is the whole process's
 */
export function withoutStacks<Result>(act: () => Result): Result {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return act();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
