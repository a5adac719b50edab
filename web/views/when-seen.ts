/** Call once, when the browser has nothing better to do. */
export function whenIdle(call: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(call);
  else setTimeout(call, 200); // Safari
}

/** Call once, when an element is in view and the browser has nothing better to do. */
export function whenSeenAndIdle(element: Element, signal: AbortSignal, call: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    whenIdle(() => {
      if (!signal.aborted) call();
    });
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}
