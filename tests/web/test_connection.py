"""A slow line is no silent one."""

from tests.web.node import run

SLOW = """
import { Connection } from "./bridge/connection";

const ticks: (() => void)[] = [];
globalThis.setInterval = ((tick: () => void) => ticks.push(tick)) as any;
globalThis.clearInterval = () => {};
let send: (byte: number) => void = () => {};
globalThis.fetch = async (_, { signal }: any) =>
  new Response(new ReadableStream({
    start(controller) {
      send = (byte) => controller.enqueue(Uint8Array.of(byte));
      signal.addEventListener("abort", () => controller.error(signal.reason));
    },
  }));
const ends: string[] = [];
new Connection(0, { onProgress() {}, onReady() {}, onEnd: ({ message }) => ends.push(message) });
const turn = () => new Promise((done) => setTimeout(done));
const seconds = async (count: number) => {
  for (let second = 0; second < count; second += 1) for (const tick of ticks) tick();
  await turn();
};
await turn();
"""


def test_a_worker_that_arrives_slowly_is_waited_for() -> None:
    done = run(f"""{SLOW}
        for (const byte of [1, 2, 3]) {{ await seconds(9); send(byte); await turn(); }}
        const before = [...ends];
        await seconds(10);
        console.log(JSON.stringify({{ before, after: ends }}));
    """)
    assert done["before"] == []
    assert done["after"] == ["worker.js: nothing more arrived for 10 seconds."]
