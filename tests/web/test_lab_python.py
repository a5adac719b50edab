"""A lab that has left its page asks Python for nothing more."""

from tests.web.node import run


def test_a_lab_that_left_opens_no_session_that_nobody_would_close() -> None:
    done = run("""
        import { LabPython } from "./views/lab-python";

        let opened = 0;
        (globalThis as any).unrolledEngine = { state: "ready", open: async () => { opened += 1; } };
        const snapshot = { preset: "sine", start: {}, changed: [], values: {} };
        const model = { id: "lab", snapshot, description: { name: "scalar-rnn", figures: [] } };
        (globalThis as any).location = { pathname: "/" };
        const python = new LabPython(model as any, { left: true } as any);
        const said = await python.open().then(() => "", (error: Error) => error.name);
        console.log(JSON.stringify({ said, opened }));
    """)
    assert done == {"said": "AbortError", "opened": 0}
