/** Call once, when an element is in view and the browser has nothing better to do. */
export function whenSeenAndIdle(element: Element, signal: AbortSignal, call: () => void): void {
  const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    idle(() => {
      if (!signal.aborted) call();
    });
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}
