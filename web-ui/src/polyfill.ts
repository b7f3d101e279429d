// What Chrome 70 lacks and our code or Preact may use. Every line names the version that has it, so
// that the line can go when the oldest supported browser is newer. Imported before anything else.
const root: any = typeof self !== "undefined" ? self : window;

if (!root.globalThis) root.globalThis = root; // Chrome 71
if (!root.queueMicrotask) {
  root.queueMicrotask = (task: () => void) => void Promise.resolve().then(task); // Chrome 71
}
if (!Object.fromEntries) {
  // Chrome 73
  (Object as any).fromEntries = (pairs: Iterable<[string, unknown]>) => {
    const object: Record<string, unknown> = {};
    for (const [key, value] of pairs) object[key] = value;
    return object;
  };
}
if (!Promise.allSettled) {
  // Chrome 76
  (Promise as any).allSettled = (all: Promise<unknown>[]) =>
    Promise.all(
      all.map((one) =>
        Promise.resolve(one).then(
          (value) => ({ status: "fulfilled", value }),
          (reason) => ({ status: "rejected", reason }),
        ),
      ),
    );
}

export {};
