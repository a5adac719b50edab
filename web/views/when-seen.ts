/** Call once, when the browser has nothing better to do. */
export function whenIdle(call: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(call);
  else setTimeout(call, 200); // Safari
}

/** Call once, when an element is less than a quarter of a screen away from view. */
export function whenNear(element: Element, signal: AbortSignal, call: () => void): void {
  observe(element, signal, "25% 0px", call);
}

/** Call once, when an element is in view and the browser has nothing better to do. */
export function whenSeenAndIdle(element: Element, signal: AbortSignal, call: () => void): void {
  observe(element, signal, "0px", () =>
    whenIdle(() => {
      if (!signal.aborted) call();
    }),
  );
}

function observe(element: Element, signal: AbortSignal, margin: string, call: () => void): void {
  const entered = (entries: IntersectionObserverEntry[]) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    call();
  };
  const observer = new IntersectionObserver(entered, { rootMargin: margin });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}
